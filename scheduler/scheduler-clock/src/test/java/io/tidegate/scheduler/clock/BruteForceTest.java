package io.tidegate.scheduler.clock;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our times beside those found by looking at each minute of two years, for random expressions. */
class BruteForceTest {
    private static final int EXPRESSIONS = 200;
    private static final LocalDate START = LocalDate.of(2018, 1, 1);
    private static final LocalDate END = LocalDate.of(2020, 1, 1);
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("America/New_York"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("America/Sao_Paulo"));

    private static final int MINUTES_A_DAY = 24 * 60;

    /** The minute in which each minute of the two years is due in a zone, as minutes of the epoch. */
    private static final Map<ZoneId, int[]> PLACED = placed();

    @Test
    void timesAreThoseOfEachMinuteOfTwoYears() {
        long seed = Long.getLong("tidegate.seed", 20010101);
        Random random = new Random(seed);
        long times = 0;
        for (int checked = 0; checked < EXPRESSIONS; ) {
            Expression expression = Expression.random(random);
            BitSet local = expression.times();
            if (local.isEmpty()) {
                continue;
            }
            checked++;
            for (ZoneId zone : ZONES) {
                int[] computed = computed(expression.text(), zone);
                times += computed.length;
                assertThat(computed)
                        .as("'%s' in %s, seed %d", expression.text(), zone, seed)
                        .isEqualTo(placed(local, zone));
            }
        }
        assertThat(times)
                .as("expressions that hold in most minutes are among them")
                .isGreaterThan(10_000_000);
    }

    private static int[] computed(String cron, ZoneId zone) {
        Schedule schedule = new Schedule(
                new Timing.Cron(cron),
                Calendar.of(zone, START.minusDays(2), Optional.empty()),
                Catchup.NONE,
                Overlap.QUEUED);
        Instant from = START.atStartOfDay(zone).toInstant();
        Instant until = END.atStartOfDay(zone).toInstant();
        return new ScheduleTimes()
                .starting(schedule, from, until, Integer.MAX_VALUE).stream()
                        .mapToInt(interval -> minute(interval.start()))
                        .toArray();
    }

    private static int minute(Instant instant) {
        assertThat(instant.getEpochSecond() % 60).isZero();
        return (int) (instant.getEpochSecond() / 60);
    }

    /** What falls together is one. */
    private static int[] placed(BitSet local, ZoneId zone) {
        int[] minutes = PLACED.get(zone);
        return local.stream().map(minute -> minutes[minute]).distinct().toArray();
    }

    /** A gap is left at its end, an overlap counts the first time. */
    private static Map<ZoneId, int[]> placed() {
        Map<ZoneId, int[]> placed = new HashMap<>();
        for (ZoneId zone : ZONES) {
            int[] minutes = new int[(int) ChronoUnit.MINUTES.between(START.atStartOfDay(), END.atStartOfDay())];
            LocalDateTime time = START.atStartOfDay();
            for (int index = 0; index < minutes.length; index++, time = time.plusMinutes(1)) {
                ZoneOffsetTransition change = zone.getRules().getTransition(time);
                Instant instant = change == null
                        ? time.atZone(zone).toInstant()
                        : change.isGap() ? change.getInstant() : time.toInstant(change.getOffsetBefore());
                minutes[index] = minute(instant);
            }
            placed.put(zone, minutes);
        }
        return placed;
    }

    /** What the library that reads expressions does with them step by step; so words, weeks and steps are taken as there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/7 * * * *",
                "5/20 * * * *",
                "10-40/15 */5 * * *",
                "0 0 */2 * *",
                "0 0 * * */2",
                "0 0 */10 * MON",
                "0 0 13 * FRI",
                "0 6 * * MON-FRI",
                "0 6 * * 7",
                "0 6 * * 0,3-4",
                "30 12 29 FEB *",
                "0 0 31 * *",
                "0 0 1 JAN,JUL *",
                "0 0 1 */3 *",
                "0 22 * * FRI-SUN",
                "0 22 * * 5-7"
            })
    void expressionsMeanWhatTheLibraryTakesThemFor(String text) {
        ExecutionTime library = ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text));
        ZonedDateTime theirs = START.atTime(7, 13).atZone(ZoneOffset.UTC);
        CronTimes times = CronTimes.of(text);
        Optional<LocalDateTime> ours = Optional.of(theirs.toLocalDateTime());
        for (int step = 0; step < 40; step++) {
            LocalDateTime before = ours.orElseThrow();
            theirs = library.nextExecution(theirs).orElseThrow();
            ours = times.after(before);
            assertThat(ours).as("after %s", before).contains(theirs.toLocalDateTime());
            assertThat(times.before(ours.orElseThrow().plusSeconds(1))).isEqualTo(ours);
            if (step > 0) {
                assertThat(times.before(ours.orElseThrow())).contains(before);
            }
        }
    }

    @Test
    void whatNeverComesIsNotLookedForForEver() {
        assertThat(CronTimes.of("0 0 30 2 *").after(START.atStartOfDay())).isEmpty();
        assertThat(CronTimes.of("0 0 30 2 *").before(START.atStartOfDay())).isEmpty();
        assertThat(CronTimes.of("0 0 29 2 *").after(LocalDate.of(1896, 3, 1).atStartOfDay()))
                .contains(LocalDate.of(1904, 2, 29).atStartOfDay());
    }

    /** A random expression, with the values that each of its fields allows written down apart from its text. */
    private record Expression(List<Part> parts) {
        /** Unrestricted fields count as such: of the two for days, one that is restricted is enough. */
        private record Part(String text, BitSet allowed, boolean restricted) {}

        static Expression random(Random random) {
            return new Expression(List.of(
                    part(random, 0, 59, 1),
                    part(random, 0, 23, 2),
                    part(random, 1, 31, 3),
                    part(random, 1, 12, 4),
                    part(random, 0, 6, 3)));
        }

        /** @param chanceOfAll how many in six are stars */
        private static Part part(Random random, int first, int last, int chanceOfAll) {
            BitSet allowed = new BitSet();
            if (random.nextInt(6) < chanceOfAll) {
                allowed.set(first, last + 1);
                return new Part("*", allowed, false);
            }
            int from = first + random.nextInt(last - first + 1);
            int to = from + random.nextInt(last - from + 1);
            int step = 1 + random.nextInt(Math.max(1, (last - first) / 2));
            switch (random.nextInt(4)) {
                case 0 -> {
                    allowed.set(from);
                    return new Part(Integer.toString(from), allowed, true);
                }
                case 1 -> {
                    allowed.set(from, to + 1);
                    return new Part(from + "-" + to, allowed, true);
                }
                case 2 -> {
                    every(allowed, from, to, step);
                    return new Part(from + "-" + to + "/" + step, allowed, true);
                }
                default -> {
                    allowed.set(from);
                    allowed.set(to);
                    return new Part(from == to ? "" + from : from + "," + to, allowed, true);
                }
            }
        }

        private static void every(BitSet allowed, int from, int to, int step) {
            for (int value = from; value <= to; value += step) {
                allowed.set(value);
            }
        }

        String text() {
            return String.join(" ", parts.stream().map(Part::text).toList());
        }

        /** By the number of the minute in the two years. */
        BitSet times() {
            BitSet times = new BitSet();
            int midnight = 0;
            for (LocalDate day = START; day.isBefore(END); day = day.plusDays(1), midnight += MINUTES_A_DAY) {
                for (int minute = 0; minute < MINUTES_A_DAY && allowsDay(day); minute++) {
                    if (parts.get(0).allowed().get(minute % 60)
                            && parts.get(1).allowed().get(minute / 60)) {
                        times.set(midnight + minute);
                    }
                }
            }
            return times;
        }

        private boolean allowsDay(LocalDate day) {
            Part dayOfMonth = parts.get(2);
            Part dayOfWeek = parts.get(4);
            boolean month = parts.get(3).allowed().get(day.getMonthValue());
            boolean first = dayOfMonth.allowed().get(day.getDayOfMonth());
            boolean second = dayOfWeek.allowed().get(day.getDayOfWeek().getValue() % 7);
            boolean either = dayOfMonth.restricted() && dayOfWeek.restricted();
            return month && (either ? first || second : first && second);
        }
    }
}
