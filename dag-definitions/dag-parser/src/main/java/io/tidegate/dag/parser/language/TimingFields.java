package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Crons;
import io.tidegate.dag.parser.text.Days;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Timing;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** The fields of {@code schedule} that say at which times intervals begin and end: one of them, and no more. */
final class TimingFields {
    static final Field<String> CRON = optional(
            "cron",
            TextType.of("a cron expression such as \"0 6 * * MON\"", Crons::read),
            "Where intervals begin and end: minute, hour, day of month, month, day of week; or @daily and its like.",
            "cron: \"0 6 * * MON\"");
    static final Field<Duration> EVERY = optional(
            "every",
            TextType.of("a duration such as 6h", Durations.PATTERN, TimingFields::period),
            "How long each interval is, counted from the midnight with which the first day begins.",
            "every: 6h");
    static final Field<List<LocalDateTime>> DATES = optional(
            "dates",
            ListType.of(
                            "a list of days, or times such as 2001-01-31T06:30",
                            TextType.of("a day, or a time such as 2001-01-31T06:30", Days.TIME_PATTERN, Days::readTime))
                    .notEmpty()
                    .distinct(),
            "The times at which it runs, one by one; the first interval begins with the first day.",
            "dates: [2001-02-01, 2001-03-15T06:30]");

    private static final List<Field<?>> ALL = List.of(CRON, EVERY, DATES);

    private TimingFields() {}

    /** The names of the fields, for the schema. */
    static List<String> names() {
        return ALL.stream().map(Field::name).toList();
    }

    /** The one that the author wrote; empty when there is none that can be read, which has been reported. */
    static Optional<Timing> read(Values values) {
        List<Field<?>> written = ALL.stream().filter(values::has).toList();
        if (written.isEmpty()) {
            values.reading()
                    .report(
                            values.owner(),
                            "a schedule needs one of cron, every and dates",
                            "for example " + CRON.example());
        } else if (written.size() > 1) {
            values.reading()
                    .report(
                            values.keyOf(written.get(1)),
                            "a schedule has one of cron, every and dates, and this one has "
                                    + written.get(0).name() + " too",
                            "keep one of the two");
        }
        return values.get(CRON)
                .<Timing>map(Timing.Cron::new)
                .or(() -> values.get(EVERY).map(Timing.Every::new))
                .or(() -> values.get(DATES)
                        .filter(dates -> !dates.isEmpty())
                        .map(dates -> new Timing.Dates(dates.stream().sorted().toList())));
    }

    /** Reports times that never come. */
    static void check(Values values, Timing timing, Calendar calendar) {
        if (timing instanceof Timing.Cron cron) {
            checkThatItFires(values, cron.expression(), calendar);
        } else if (timing instanceof Timing.Dates dates) {
            LocalDateTime first = dates.times().get(0);
            if (!first.isAfter(calendar.start().atStartOfDay())) {
                values.reading()
                        .report(
                                values.valueOf(DATES),
                                "the date " + Days.writeTime(first) + " is not after the first day, " + calendar.start()
                                        + ", with which its interval begins",
                                "start with an earlier day");
            }
        }
    }

    private static void checkThatItFires(Values values, String cron, Calendar calendar) {
        if (calendar.end().isEmpty() && Crons.surelyFires(cron)) {
            return;
        }
        Optional<ZonedDateTime> first = Crons.firstFrom(cron, calendar.start(), calendar.zone());
        if (first.isEmpty()) {
            values.reading()
                    .report(
                            values.valueOf(CRON),
                            "cron expression '" + cron + "' never fires",
                            "there is no such day in any year");
            return;
        }
        LocalDate day = first.get().toLocalDate();
        calendar.end()
                .filter(end -> !day.isBefore(end))
                .ifPresent(end -> values.reading()
                        .report(
                                values.valueOf(CRON),
                                "cron expression '" + cron + "' does not fire between " + calendar.start() + " and "
                                        + end));
    }

    /** Whether two intervals begin on one day. */
    static boolean fallTogether(Timing timing) {
        if (timing instanceof Timing.Cron cron) {
            return Crons.firesTwiceADay(cron.expression());
        }
        if (timing instanceof Timing.Every every) {
            return every.period().compareTo(Duration.ofDays(1)) < 0;
        }
        List<LocalDateTime> times = ((Timing.Dates) timing).times();
        return times.stream().map(LocalDateTime::toLocalDate).distinct().count() < times.size();
    }

    private static Duration period(String text) throws TextException {
        Grammar<Duration> grammar = Durations.withLikelyUnit("h");
        Duration period = grammar.read(text);
        if (period.isZero() || period.toSecondsPart() != 0) {
            throw new TextException("an interval is a number of whole minutes, at least one, not " + text);
        }
        return period;
    }
}
