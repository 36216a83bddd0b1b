package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.parser.shape.EitherType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.step.Deadline;
import io.tidegate.dag.step.Deadline.From;
import io.tidegate.dag.step.Deadline.Then;
import java.time.Duration;
import java.util.List;

/** The field {@code deadline}: a duration, or a mapping that also says from when on it counts and what becomes of the late. */
final class DeadlineFields {
    private static final Field<Duration> AFTER =
            required("after", Notations.positiveDuration("h"), "How long after that it must have ended.", "after: 6h");
    private static final Field<From> FROM = optional(
            "from",
            Notations.words("a start of a deadline", From.class, From::word),
            "What the time counts from: the run's start, or the end of its interval for runs that the schedule made;"
                    + " run_start when left out.",
            "from: interval_end");
    private static final Field<Then> THEN = optional(
            "then",
            Notations.words("an effect of a missed deadline", Then.class, Then::word),
            "What becomes of what has not ended, besides that people are told: it goes on (alert) or is cancelled;"
                    + " alert when left out.",
            "then: cancel");

    private static final ValueType<Deadline> TYPE = new EitherType<>(
            "a deadline such as 6h",
            TextType.of("a deadline such as 6h", Durations.PATTERN, DeadlineFields::alone),
            ObjectType.of(
                    "deadline",
                    "a deadline",
                    List.of(AFTER, FROM, THEN),
                    values -> values.get(AFTER).map(after -> deadline(after, values))));

    static final Field<Deadline> OF_STEP = optional(
            "deadline", TYPE, "By when the step must have ended, counted from the run's start.", "deadline: 2h");
    static final Field<Deadline> OF_RUN = optional(
            "deadline",
            TYPE,
            "By when each run must have ended, counted from its start.",
            "deadline: { after: 6h, from: interval_end }");

    private DeadlineFields() {}

    private static Deadline deadline(Duration after, Values values) {
        return new Deadline(
                after, values.get(FROM).orElse(From.RUN_START), values.get(THEN).orElse(Then.ALERT));
    }

    private static Deadline alone(String text) throws TextException {
        Duration after = Durations.withLikelyUnit("h").read(text);
        if (after.isZero()) {
            throw new TextException("a deadline of " + text + " is missed at once");
        }
        return new Deadline(after, From.RUN_START, Then.ALERT);
    }
}
