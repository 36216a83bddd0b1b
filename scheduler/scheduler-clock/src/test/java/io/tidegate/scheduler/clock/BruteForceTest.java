package io.tidegate.scheduler.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

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

    /** More times than this are as likely wrong as fewer, and take longer. */
    private static final int MOST_TIMES = 1000;

    @Test
    void timesAreThoseOfEachMinuteOfTwoYears() {
        long seed = Long.getLong("tidegate.seed", 20010101);
        Random random = new Random(seed);
        int checked = 0;
        while (checked < EXPRESSIONS) {
            Expression expression = Expression.random(random);
            List<LocalDateTime> local = expression.times();
            if (local.isEmpty() || local.size() > MOST_TIMES) {
                continue;
            }
            checked++;
            for (ZoneId zone : ZONES) {
                assertThat(computed(expression.text(), zone))
                        .as("'%s' in %s, seed %d", expression.text(), zone, seed)
                        .isEqualTo(placed(local, zone));
            }
        }
    }

    private static List<Instant> computed(String cron, ZoneId zone) {
        Schedule schedule = new Schedule(
                new Timing.Cron(cron),
                Calendar.of(zone, START.minusDays(2), Optional.empty()),
                Catchup.NONE,
                Overlap.QUEUED);
        Instant from = START.atStartOfDay(zone).toInstant();
        Instant until = END.atStartOfDay(zone).toInstant();
        return new ScheduleTimes()
                .starting(schedule, from, until, MOST_TIMES + 1).stream()
                        .map(DataInterval::start)
                        .toList();
    }

    /** A gap is left at its end, an overlap counts the first time, and what falls together is one. */
    private static List<Instant> placed(List<LocalDateTime> local, ZoneId zone) {
        TreeSet<Instant> instants = new TreeSet<>();
        for (LocalDateTime time : local) {
            ZoneOffsetTransition change = zone.getRules().getTransition(time);
            if (change == null) {
                instants.add(time.atZone(zone).toInstant());
            } else {
                instants.add(change.isGap() ? change.getInstant() : time.toInstant(change.getOffsetBefore()));
            }
        }
        return List.copyOf(instants);
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

        List<LocalDateTime> times() {
            List<LocalDateTime> times = new ArrayList<>();
            for (LocalDate day = START; day.isBefore(END); day = day.plusDays(1)) {
                if (allowsDay(day)) {
                    for (int minute = 0; minute < 24 * 60; minute++) {
                        if (parts.get(0).allowed().get(minute % 60)
                                && parts.get(1).allowed().get(minute / 60)) {
                            times.add(day.atTime(minute / 60, minute % 60));
                        }
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
