package io.tidegate.dag.parser.language;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.model.Bound;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.name.Names;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.TemplateType;
import io.tidegate.dag.parser.shape.TemplateUse;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.text.Bounds;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.Identifiers;
import io.tidegate.dag.parser.text.InputReferences;
import io.tidegate.dag.parser.text.Patterns;
import io.tidegate.dag.parser.text.Templates;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.text.Words;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.template.Template;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Types of single values that several tables of fields use. */
final class Notations {
    static final Map<String, Object> IDENTIFIER_SCHEMA =
            new TreeMap<>(Map.of("pattern", Identifiers.PATTERN, "maxLength", Names.MAXIMUM_LENGTH));

    static final TextType<String> FREE_TEXT = TextType.asWritten("a single value", Notations::freeText);
    static final TextType<StepId> STEP = identifier("step", StepId::new);
    static final TextType<DatasetName> DATASET = identifier("dataset", DatasetName::new);
    static final TextType<ModelName> MODEL = identifier("model", ModelName::new);
    static final TextType<InputReference> REFERENCE = TextType.of(
            "a dataset such as features or \"features[-7..0]\"", InputReferences.PATTERN, InputReferences::read);
    static final TextType<Bound> BOUND = TextType.of("a bound such as \"<= 0.02\"", Bounds.PATTERN, Bounds::read);
    static final TextType<String> FORMAT = pattern(Patterns.FORMAT, "a format such as parquet");
    static final TextType<String> CLASS_NAME =
            pattern(Patterns.CLASS_NAME, "a class name such as org.example.Features");
    static final TextType<String> METRIC = pattern(Patterns.METRIC, "the name of a metric such as log_loss");
    static final TextType<String> COLUMN = pattern(Patterns.COLUMN, "the name of a column such as date");
    static final TextType<String> PATH =
            pattern(Patterns.PATH, "a path below the DAG's folder such as rules/flights.yaml");
    static final TextType<String> JAR = pattern(Patterns.JAR, "the path of a jar such as lib/features.jar");
    static final TemplateType DATASET_URI = uri(TemplateUse.Scope.DATASET);
    static final TemplateType MODEL_URI = uri(TemplateUse.Scope.MODEL);
    static final TemplateType STEP_URI = uri(TemplateUse.Scope.STEP);
    static final TemplateType STEP_TEXT =
            TemplateType.asWritten("a single value", Templates::read, TemplateUse.Scope.STEP);

    static final TemplateType VARIABLE_TEXT =
            TemplateType.asWritten("a single value", Templates::read, TemplateUse.Scope.ENVIRONMENT);

    private static final int LONGEST_TEXT = 32_768;
    private static final Pattern ABSOLUTE = Pattern.compile("(?s)(/|\\{\\{|[a-z][a-z0-9+.-]*:).*");

    private Notations() {}

    static <T> TextType<T> identifier(String what, Function<String, T> make) {
        return TextType.identifier(
                "the name of a " + what, Identifiers.PATTERN, Names.MAXIMUM_LENGTH, Identifiers.of(what, make));
    }

    static TextType<String> pattern(String pattern, String noun) {
        return TextType.of(noun, pattern, Patterns.of(pattern, noun));
    }

    /**
     * A duration that is more than nothing.
     *
     * @param likelyUnit the unit that is offered when the author gives none
     */
    static TextType<Duration> positiveDuration(String likelyUnit) {
        Grammar<Duration> grammar = Durations.withLikelyUnit(likelyUnit);
        return TextType.of("a duration such as 20m", Durations.PATTERN, text -> {
            Duration duration = grammar.read(text);
            if (duration.isZero()) {
                throw new TextException("a duration of " + text + " is no time at all");
            }
            return duration;
        });
    }

    /** The constants of an enumeration, each with its word. */
    static <E extends Enum<E>> TextType<E> words(String what, Class<E> type, Function<E, String> word) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants()).forEach(constant -> words.put(word.apply(constant), constant));
        return TextType.word(what, words.keySet(), Words.of(what, words));
    }

    private static TemplateType uri(TemplateUse.Scope scope) {
        String noun = "a uri such as \"{{ home }}/flights\"";
        Grammar<Template> grammar = text -> {
            if (!ABSOLUTE.matcher(text).matches()) {
                throw new TextException(
                        Excerpt.quoted(text) + " is not absolute: a uri starts with {{ home }}, / or a scheme",
                        text.isBlank() ? "" : "did you mean \"{{ home }}/" + Excerpt.shortened(text) + "\"?");
            }
            return Templates.read(text);
        };
        return TemplateType.of(noun, grammar, scope);
    }

    private static String freeText(String text) throws TextException {
        if (text.length() > LONGEST_TEXT) {
            throw new TextException("a text has at most " + LONGEST_TEXT + " characters");
        }
        return text;
    }
}
