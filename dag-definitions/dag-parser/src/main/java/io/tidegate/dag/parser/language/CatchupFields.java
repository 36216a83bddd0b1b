package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.parser.shape.EitherType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Words;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.Catchup.Mode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The field {@code catchup} of a schedule: a word, or a mapping with bounds. */
final class CatchupFields {
    private static final int MOST_RUNS = 10_000;
    private static final TextType<Mode> WORD =
            Notations.words("a catch-up rule", Mode.class, mode -> mode.name().toLowerCase(Locale.ROOT));

    private static final Field<Mode> MODE =
            required("mode", WORD, "Which of the missed intervals run: none, latest or all.", "mode: all");
    private static final Field<Long> LIMIT = optional(
            "limit",
            new WholeNumberType("a number of runs", 1, MOST_RUNS),
            "How many missed intervals run at most, the newest ones; all of them when left out.",
            "limit: 100");
    private static final Field<Duration> SPREAD = optional(
            "spread",
            Notations.positiveDuration("s"),
            "The least time between the starts of two missed intervals' runs; none when left out.",
            "spread: 30s");

    static final ValueType<Catchup> TYPE = new EitherType<>(
            "a catch-up rule such as all",
            alone(),
            ObjectType.of("catchup", "a catch-up rule", List.of(MODE, LIMIT, SPREAD), CatchupFields::bind));

    private CatchupFields() {}

    private static TextType<Catchup> alone() {
        Map<String, Catchup> words = new LinkedHashMap<>();
        for (Mode mode : Mode.values()) {
            words.put(mode.name().toLowerCase(Locale.ROOT), Catchup.of(mode));
        }
        return TextType.word("a catch-up rule", words.keySet(), Words.of("a catch-up rule", words));
    }

    private static Optional<Catchup> bind(Values values) {
        Optional<Mode> mode = values.get(MODE);
        boolean bounded = values.has(LIMIT) || values.has(SPREAD);
        if (bounded && mode.filter(found -> found != Mode.ALL).isPresent()) {
            values.reading()
                    .report(
                            values.valueOf(MODE),
                            "a limit and a spread mean nothing where "
                                    + mode.get().name().toLowerCase(Locale.ROOT) + " of the missed intervals runs",
                            "write mode: all, or leave them out");
            return Optional.empty();
        }
        return mode.map(found -> new Catchup(
                found,
                values.get(LIMIT)
                        .map(limit -> OptionalInt.of(Math.toIntExact(limit)))
                        .orElse(OptionalInt.empty()),
                values.get(SPREAD)));
    }
}
