package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Backoff;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.step.Limits;
import io.tidegate.dag.step.Retries;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The fields {@code timeout}, {@code retries} and {@code defaults}. */
final class LimitFields {
    private static final int MOST_RETRIES = 100;

    static final Field<Duration> TIMEOUT = optional(
            "timeout",
            TextType.of("a duration such as 20m", Durations.PATTERN, LimitFields::timeout),
            "How long one attempt may run; 1h when left out.",
            "timeout: 20m");

    private static final Field<Long> USER =
            budget("user", "Tries after the step's own program failed; 0 when left out.");
    private static final Field<Long> PLATFORM =
            budget("platform", "Tries after the machine or the cluster failed; 3 when left out.");
    private static final Field<Long> TIMED_OUT = budget("timeout", "Tries after a timeout; 0 when left out.");
    private static final Field<Long> LOST =
            budget("lost", "Tries after the job was gone without a trace; 1 when left out.");
    private static final Field<Backoff> BACKOFF = optional(
            "backoff",
            TextType.of("a backoff such as 5s..2m", Backoff.PATTERN, Backoff::read),
            "The wait before the first retry, which doubles from try to try, and the longest wait; 5s..2m when left out.",
            "backoff: 5s..2m");

    static final Field<UnaryOperator<Retries>> RETRIES = optional(
            "retries",
            ObjectType.of(
                    "retries",
                    "retries",
                    List.of(USER, PLATFORM, TIMED_OUT, LOST, BACKOFF),
                    values -> Optional.of(base -> retries(values, base))),
            "How often each kind of failure is tried again.",
            "retries: { user: 2, backoff: 5s..2m }");

    static final Field<ExecutorChoice> EXECUTOR = optional(
            "executor",
            ExecutorFields.TYPE,
            "Who runs the step; spark for built-in programs and Spark applications, process for commands when left out.",
            "executor: process");

    /** What steps have that do not say otherwise. */
    record Defaults(Optional<ExecutorChoice> executor, Limits limits) {
        static final Defaults NONE = new Defaults(Optional.empty(), Limits.DEFAULT);
    }

    static final ObjectType<Defaults> DEFAULTS = ObjectType.of(
            "defaults",
            "defaults",
            List.of(EXECUTOR, TIMEOUT, RETRIES),
            values -> Optional.of(new Defaults(values.get(EXECUTOR), limits(values, Limits.DEFAULT))));

    private LimitFields() {}

    /** The limits of a mapping with {@code timeout} and {@code retries}; what it leaves out comes from the base. */
    static Limits limits(Values values, Limits base) {
        return new Limits(
                values.get(TIMEOUT).orElse(base.timeout()),
                values.get(RETRIES).map(change -> change.apply(base.retries())).orElse(base.retries()));
    }

    private static Retries retries(Values values, Retries base) {
        Backoff backoff = values.get(BACKOFF).orElse(new Backoff(base.firstBackoff(), base.longestBackoff()));
        return new Retries(
                count(values, USER, base.user()),
                count(values, PLATFORM, base.platform()),
                count(values, TIMED_OUT, base.timeout()),
                count(values, LOST, base.lost()),
                backoff.first(),
                backoff.longest());
    }

    private static int count(Values values, Field<Long> field, int base) {
        return values.get(field).map(Math::toIntExact).orElse(base);
    }

    private static Field<Long> budget(String name, String description) {
        return optional(name, new WholeNumberType("a number of tries", 0, MOST_RETRIES), description, name + ": 1");
    }

    private static Duration timeout(String text) throws TextException {
        // Twenty is meant as minutes, twelve hundred as seconds.
        Grammar<Duration> grammar = Durations.withLikelyUnit(text.length() <= 2 ? "m" : "s");
        Duration timeout = grammar.read(text);
        if (timeout.isZero()) {
            throw new TextException("a timeout of " + text + " would end each attempt at once");
        }
        return timeout;
    }
}
