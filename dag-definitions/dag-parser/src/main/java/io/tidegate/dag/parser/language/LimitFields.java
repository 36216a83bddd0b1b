package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Backoff;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.ExitCodeRanges;
import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.step.ExitCodes;
import io.tidegate.dag.step.Limits;
import io.tidegate.dag.step.Retries;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The fields {@code timeout}, {@code retries} and {@code defaults}. */
final class LimitFields {
    private static final int MOST_RETRIES = 100;

    static final Field<Duration> TIMEOUT = optional(
            "timeout",
            TextType.of("a duration such as 20m", Durations.PATTERN, LimitFields::timeout),
            "How long one attempt may run; 1h when left out.",
            "timeout: 20m");

    static final Field<Duration> START_TIMEOUT = optional(
            "start_timeout",
            Notations.positiveDuration("m"),
            "How long the job of an attempt may wait on its cluster until its program runs; as long as the timeout when left out.",
            "start_timeout: 10m");

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

    private static final Field<List<List<Integer>>> GIVE_UP_ON = optional(
            "give_up_on",
            ListType.of("a list of exit codes", exitCodes()).distinct(),
            "Exit codes of the step's own program after which it is not tried again; none when left out.",
            "give_up_on: [2, 64..78]");
    private static final Field<List<List<Integer>>> RETRY_ON = optional(
            "retry_on",
            ListType.of("a list of exit codes", exitCodes()).distinct(),
            "The only exit codes of the step's own program after which it is tried again; all when left out.",
            "retry_on: [75]");

    static final Field<UnaryOperator<Retries>> RETRIES = optional(
            "retries",
            ObjectType.of(
                    "retries",
                    "retries",
                    List.of(USER, PLATFORM, TIMED_OUT, LOST, BACKOFF, GIVE_UP_ON, RETRY_ON),
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
            List.of(EXECUTOR, TIMEOUT, START_TIMEOUT, RETRIES, PlacesFields.POOL, PlacesFields.PRIORITY),
            values -> Optional.of(new Defaults(values.get(EXECUTOR), limits(values, Limits.DEFAULT))));

    private LimitFields() {}

    /** The limits of a step or of the defaults; what the mapping leaves out comes from the base, except for a deadline. */
    static Limits limits(Values values, Limits base) {
        return new Limits(
                values.get(TIMEOUT).orElse(base.timeout()),
                values.get(START_TIMEOUT).or(base::startTimeout),
                values.get(RETRIES).map(change -> change.apply(base.retries())).orElse(base.retries()),
                values.get(DeadlineFields.OF_STEP),
                PlacesFields.places(values, base.places()));
    }

    private static Retries retries(Values values, Retries base) {
        Backoff backoff = values.get(BACKOFF).orElse(new Backoff(base.firstBackoff(), base.longestBackoff()));
        return new Retries(
                count(values, USER, base.user()),
                count(values, PLATFORM, base.platform()),
                count(values, TIMED_OUT, base.timeout()),
                count(values, LOST, base.lost()),
                backoff.first(),
                backoff.longest(),
                new ExitCodes(
                        codes(values, GIVE_UP_ON, base.exitCodes().giveUpOn()),
                        codes(values, RETRY_ON, base.exitCodes().retryOn())));
    }

    private static Set<Integer> codes(Values values, Field<List<List<Integer>>> field, Set<Integer> base) {
        return values.get(field)
                .<Set<Integer>>map(
                        ranges -> ranges.stream().flatMap(List::stream).collect(Collectors.toSet()))
                .orElse(base);
    }

    /** A number stands for itself, a range is text. */
    private static TextType<List<Integer>> exitCodes() {
        return TextType.asWritten("an exit code such as 2 or 64..78", ExitCodeRanges::read);
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
