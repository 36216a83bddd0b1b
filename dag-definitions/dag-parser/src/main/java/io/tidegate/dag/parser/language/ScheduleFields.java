package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Days;
import io.tidegate.dag.parser.text.Overlaps;
import io.tidegate.dag.parser.text.Zones;
import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataCondition;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The fields of {@code schedule}. */
final class ScheduleFields {
    private static final Field<ZoneId> ZONE = required(
            "zone",
            TextType.of("a time zone such as America/New_York", Zones::read),
            "The time zone in which times and days are read.",
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
    private static final Field<List<List<LocalDate>>> EXCLUDE = optional(
            "exclude",
            ListType.of(
                    "a list of days and ranges such as 2001-12-24..2002-01-01",
                    TextType.of(
                            "a day, or a range such as 2001-12-24..2002-01-01", Days.RANGE_PATTERN, Days::readRange)),
            "Days on which nothing is due; the interval goes on to the next time on another day.",
            "exclude: [2001-12-24..2002-01-01, 2001-07-04]");
    private static final Field<Catchup> CATCHUP = optional(
            "catchup",
            CatchupFields.TYPE,
            "What happens with intervals that passed unnoticed; none when left out.",
            "catchup: all");
    private static final Field<Overlap> OVERLAP = optional(
            "overlap",
            TextType.of("an overlap rule such as queue", Overlaps.PATTERN, Overlaps::read),
            "What happens when a run is due while an earlier one is going; queue when left out.",
            "overlap: parallel(4)");

    private static final Field<DataCondition> DATASETS = optional(
            "datasets",
            new DataConditionType(),
            "Data of other DAGs that an interval waits for, instead of its end: all of a list, or any.",
            "datasets: [orders.clean, { any: [rates.bank, rates.exchange] }]");

    static final ObjectType<Schedule> TYPE = ObjectType.of(
                    "schedule",
                    "a schedule",
                    List.of(
                            TimingFields.CRON,
                            TimingFields.EVERY,
                            TimingFields.DATES,
                            ZONE,
                            START,
                            END,
                            EXCLUDE,
                            CATCHUP,
                            OVERLAP,
                            DATASETS),
                    ScheduleFields::bind)
            .refining(ScheduleFields::oneTiming);

    private ScheduleFields() {}

    private static Map<String, Object> oneTiming(Map<String, Object> schema) {
        Map<String, Object> refined = new LinkedHashMap<>(schema);
        refined.put(
                "oneOf",
                TimingFields.names().stream()
                        .map(name -> Map.of("required", List.of(name)))
                        .toList());
        return refined;
    }

    private static Optional<Schedule> bind(Values values) {
        Optional<Timing> timing = TimingFields.read(values);
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
        if (timing.isEmpty() || zone.isEmpty() || start.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<LocalDate> excluded = new TreeSet<>();
        values.get(EXCLUDE).orElse(List.of()).forEach(excluded::addAll);
        Calendar calendar = new Calendar(zone.get(), start.get(), end, excluded);
        TimingFields.check(values, timing.get(), calendar);
        checkData(values);
        return Optional.of(new Schedule(
                timing.get(),
                calendar,
                values.get(CATCHUP).orElse(Catchup.NONE),
                values.get(OVERLAP).orElse(Overlap.QUEUED),
                values.get(DATASETS)));
    }

    /** What arrives while a run is going would be left out for good, and nobody could say when it comes again. */
    private static void checkData(Values values) {
        if (values.has(DATASETS)
                && values.get(OVERLAP)
                        .filter(overlap -> overlap.policy() == Overlap.Policy.SKIP)
                        .isPresent()) {
            values.reading()
                    .report(
                            values.valueOf(OVERLAP),
                            "a schedule with datasets cannot skip: the data of the interval would stay unused",
                            "write overlap: queue");
        }
    }
}
