package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Crons;
import io.tidegate.dag.parser.text.Days;
import io.tidegate.dag.parser.text.Overlaps;
import io.tidegate.dag.parser.text.Zones;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fields of {@code schedule}. */
final class ScheduleFields {
    private static final Field<String> CRON = required(
            "cron",
            TextType.of("a cron expression such as \"0 6 * * MON\"", Crons::read),
            "Where intervals begin and end: minute, hour, day of month, month, day of week.",
            "cron: \"0 6 * * MON\"");
    private static final Field<ZoneId> ZONE = required(
            "zone",
            TextType.of("a time zone such as America/New_York", Zones::read),
            "The time zone in which the cron expression and the days are read.",
            "zone: America/New_York");
    private static final Field<LocalDate> START = required(
            "start",
            TextType.of("a day such as 2001-01-31", Days.PATTERN, Days::read),
            "The first day on which an interval may start.",
            "start: 2001-01-01");
    private static final Field<LocalDate> END = optional(
            "end",
            TextType.of("a day such as 2001-01-31", Days.PATTERN, Days::read),
            "The day from which on no interval starts; without it intervals go on for ever.",
            "end: 2001-07-01");
    private static final Field<Catchup> CATCHUP = optional(
            "catchup",
            Notations.words(
                    "a catch-up rule", Catchup.class, catchup -> catchup.name().toLowerCase(Locale.ROOT)),
            "What happens with intervals that passed unnoticed; none when left out.",
            "catchup: all");
    private static final Field<Overlap> OVERLAP = optional(
            "overlap",
            TextType.of("an overlap rule such as queue", Overlaps.PATTERN, Overlaps::read),
            "What happens when a run is due while an earlier one is going; queue when left out.",
            "overlap: parallel(4)");

    static final ObjectType<Schedule> TYPE = ObjectType.of(
            "schedule", "a schedule", List.of(CRON, ZONE, START, END, CATCHUP, OVERLAP), ScheduleFields::bind);

    private ScheduleFields() {}

    private static Optional<Schedule> bind(Values values) {
        Optional<String> cron = values.get(CRON);
        Optional<ZoneId> zone = values.get(ZONE);
        Optional<LocalDate> start = values.get(START);
        Optional<LocalDate> end = values.get(END);
        if (start.isPresent() && end.isPresent() && !end.get().isAfter(start.get())) {
            values.reading()
                    .report(
                            values.valueOf(END),
                            "the schedule ends on " + end.get() + ", not after its start " + start.get());
            return Optional.empty();
        }
        if (cron.isEmpty() || zone.isEmpty() || start.isEmpty()) {
            return Optional.empty();
        }
        checkThatItFires(values, new Schedule(cron.get(), zone.get(), start.get(), end, Catchup.NONE, Overlap.QUEUED));
        return Optional.of(new Schedule(
                cron.get(),
                zone.get(),
                start.get(),
                end,
                values.get(CATCHUP).orElse(Catchup.NONE),
                values.get(OVERLAP).orElse(Overlap.QUEUED)));
    }

    private static void checkThatItFires(Values values, Schedule schedule) {
        Optional<ZonedDateTime> first = Crons.firstFrom(schedule.cron(), schedule.start(), schedule.zone());
        if (first.isEmpty()) {
            values.reading()
                    .report(
                            values.valueOf(CRON),
                            "cron expression '" + schedule.cron() + "' never fires",
                            "there is no such day in any year");
        } else if (schedule.end().isPresent()
                && !first.get().toLocalDate().isBefore(schedule.end().get())) {
            values.reading()
                    .report(
                            values.valueOf(CRON),
                            "cron expression '" + schedule.cron() + "' does not fire between " + schedule.start()
                                    + " and " + schedule.end().get());
        }
    }
}
