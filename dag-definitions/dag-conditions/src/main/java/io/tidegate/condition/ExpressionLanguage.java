package io.tidegate.condition;

import com.google.common.collect.ImmutableList;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variables that expressions may name, and the compiler for these expressions. Nothing is loaded before the first one is compiled, which then
 * takes half a second. Safe for use by several threads.
 *
 * <p>The language is CEL (Common Expression Language, <a href="https://github.com/google/cel-spec">specification</a>) with its standard macros and
 * functions. It has no loops but those over lists that are there, whose turns are bounded.
 */
public final class ExpressionLanguage {
    /** Turns of {@code all}, {@code exists}, {@code map} and {@code filter} in one evaluation, nested ones counted together. */
    static final int MOST_TURNS = 10_000;

    /** Characters (Unicode code points) of a text. */
    static final int MOST_CHARACTERS = 4_000;

    private static final int DEEPEST = 50;
    private static final int LARGEST_PATTERN = 1_000;

    private final Map<String, ValueType> variables;
    private Cel cel;
    private CelValidator validator;

    private ExpressionLanguage(Map<String, ValueType> variables) {
        this.variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    }

    /**
     * The language with these variables.
     *
     * @param variables by name, which may have dots: {@code params.rows} is then a variable of its own
     */
    public static ExpressionLanguage of(Map<String, ValueType> variables) {
        return new ExpressionLanguage(variables);
    }

    /** Compiles a text that is true or false; where the compiler cannot know, it is checked when it is evaluated. */
    public Compilation<Boolean> condition(String text) {
        return compile(text, Boolean.class);
    }

    /** Compiles a text that gives text. */
    public Compilation<String> text(String text) {
        return compile(text, String.class);
    }

    private synchronized <T> Compilation<T> compile(String text, Class<T> result) {
        Optional<ExpressionProblem> unusable = CompileProblems.unusable(text);
        if (unusable.isPresent()) {
            return new Compilation.Refused<>(List.of(unusable.get()));
        }
        CelValidationResult compiled = cel().compile(text);
        CompileProblems problems = new CompileProblems(text, variables.keySet());
        if (compiled.hasError()) {
            return new Compilation.Refused<>(problems.of(compiled.getErrors()));
        }
        try {
            return checked(text, result, compiled.getAst(), problems);
        } catch (CelValidationException | CelEvaluationException bug) {
            throw new IllegalStateException("an expression without errors cannot be compiled: " + text, bug);
        }
    }

    private <T> Compilation<T> checked(
            String text, Class<T> result, CelAbstractSyntaxTree tree, CompileProblems problems)
            throws CelEvaluationException {
        ImmutableList<CelIssue> literals = validator.validate(tree).getErrors();
        if (!literals.isEmpty()) {
            return new Compilation.Refused<>(problems.of(literals));
        }
        boolean known = !tree.getResultType().equals(SimpleType.DYN);
        if (known && !tree.getResultType().equals(typeOf(result).type())) {
            return new Compilation.Refused<>(List.of(new ExpressionProblem(
                    1,
                    1,
                    "this must be " + typeOf(result).words() + ", not "
                            + Operators.types(tree.getResultType().name()),
                    Optional.empty())));
        }
        return new Compilation.Compiled<>(
                new Expression<>(text, variables, result, Reads.of(tree, variables.keySet()), cel.createProgram(tree)));
    }

    static ValueType typeOf(Class<?> result) {
        return result == Boolean.class ? ValueType.BOOLEAN : ValueType.STRING;
    }

    private Cel cel() {
        if (cel == null) {
            CelBuilder builder = CelFactory.standardCelBuilder()
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setOptions(CelOptions.current()
                            .comprehensionMaxIterations(MOST_TURNS)
                            .maxExpressionCodePointSize(MOST_CHARACTERS)
                            .maxParseRecursionDepth(DEEPEST)
                            .maxRegexProgramSize(LARGEST_PATTERN)
                            .enableHeterogeneousNumericComparisons(true)
                            .build());
            variables.forEach((name, type) -> builder.addVar(name, type.type()));
            cel = builder.build();
            validator = CelValidatorFactory.standardCelValidatorBuilder(cel)
                    .addAstValidators(
                            RegexLiteralValidator.INSTANCE,
                            TimestampLiteralValidator.INSTANCE,
                            DurationLiteralValidator.INSTANCE)
                    .build();
        }
        return cel;
    }
}
