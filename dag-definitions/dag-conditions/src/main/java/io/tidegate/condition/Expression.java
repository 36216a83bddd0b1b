package io.tidegate.condition;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import io.tidegate.condition.Evaluation.Cause;
import io.tidegate.condition.Evaluation.Failed;
import io.tidegate.condition.Evaluation.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A compiled expression. Immutable, and safe for use by several threads.
 *
 * @param <T> what it gives
 */
public final class Expression<T> {
    private final String text;
    private final Map<String, ValueType> variables;
    private final Class<T> result;
    private final Reads reads;
    private final CelRuntime.Program program;
    private final Set<FieldPath> paths = new LinkedHashSet<>();

    Expression(
            String text, Map<String, ValueType> variables, Class<T> result, Reads reads, CelRuntime.Program program) {
        this.text = text;
        this.variables = variables;
        this.result = result;
        this.reads = reads;
        this.program = program;
        reads.paths().forEach(paths::add);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** What it reads of the declared variables, in the order of the text; what {@code has(...)} asks for is told without its last field. */
    public Collection<FieldPath> reads() {
        return Collections.unmodifiableCollection(paths);
    }

    /**
     * Its value.
     *
     * @param values by the names of the variables; those that the expression does not need may be left out. Numbers of any size, text, booleans,
     *     {@link java.time.Instant}, {@link java.time.Duration}, null, and lists and maps of these
     * @return never throws for what the values hold; {@code a || b} is true when one is true, whatever the other
     */
    public Evaluation<T> evaluate(Map<String, ?> values) {
        Map<String, Object> given = new TreeMap<>();
        for (FieldPath path : paths) {
            String name = path.variable();
            if (!values.containsKey(name) || given.containsKey(name)) {
                continue;
            }
            ValueType type = variables.get(name);
            Object value = of(type, values.get(name));
            if (!type.accepts(value)) {
                return new Failed<>(
                        Cause.WRONG_TYPE,
                        "'" + name + "' must be " + type.words() + ", not " + NativeValues.words(value));
            }
            given.put(name, value);
        }
        try {
            return evaluation(program.eval(given));
        } catch (CelEvaluationException failure) {
            return new EvaluationFailures(reads, paths, given).of(failure);
        }
    }

    private static Object of(ValueType type, Object value) {
        Object known = NativeValues.of(value);
        return type == ValueType.NUMBER && known instanceof Long whole ? (Object) whole.doubleValue() : known;
    }

    private Evaluation<T> evaluation(Object value) {
        if (value instanceof CelUnknownSet unknown) {
            String names = unknown.unknownExprIds().stream()
                    .map(reads::variable)
                    .flatMap(Optional::stream)
                    .distinct()
                    .sorted()
                    .map(name -> "'" + name + "'")
                    .collect(Collectors.joining(" and "));
            return new Failed<>(Cause.MISSING, names + (names.contains(" and ") ? " have" : " has") + " no value");
        }
        if (!result.isInstance(value)) {
            return new Failed<>(
                    Cause.WRONG_TYPE,
                    "it must be " + ExpressionLanguage.typeOf(result).words() + ", but comes to "
                            + NativeValues.words(value));
        }
        return new Value<>(result.cast(value));
    }

    @Override
    public String toString() {
        return text;
    }
}
