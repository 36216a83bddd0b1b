package io.tidegate.dag.schedule;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which local times divide the intervals of a schedule from each other. */
public sealed interface Timing {
    /** How people read it, in the words of the language. */
    String describe();

    /**
     * The times of a cron expression.
     *
     * @param expression five fields, as in Unix: minute, hour, day of month, month, day of week
     */
    record Cron(String expression) implements Timing {
        public Cron {
            Objects.requireNonNull(expression, "expression");
        }

        @Override
        public String describe() {
            return expression;
        }
    }

    /**
     * Times at an even distance, counted from the midnight with which the schedule's first day begins. They are counted on the calendar, so
     * that a day is from midnight to midnight also where the clock changes.
     *
     * @param period whole minutes, at least one
     */
    record Every(Duration period) implements Timing {
        public Every {
            if (period.toMinutes() < 1 || !period.equals(Duration.ofMinutes(period.toMinutes()))) {
                throw new IllegalArgumentException("a period is a number of whole minutes, not " + period);
            }
        }

        @Override
        public String describe() {
            long minutes = period.toMinutes();
            long minutesOfDay = Duration.ofDays(1).toMinutes();
            if (minutes % minutesOfDay == 0) {
                return "every " + minutes / minutesOfDay + "d";
            }
            return minutes % 60 == 0 ? "every " + minutes / 60 + "h" : "every " + minutes + "m";
        }
    }

    /**
     * Times that are named one by one. The first interval begins with the schedule's first day, so that there are as many runs as times.
     *
     * @param times rising, at least one
     */
    record Dates(List<LocalDateTime> times) implements Timing {
        public Dates {
            times = List.copyOf(times);
            List<LocalDateTime> rising = new ArrayList<>(times);
            rising.sort(null);
            if (times.isEmpty() || !rising.equals(times)) {
                throw new IllegalArgumentException("dates are at least one, and rising: " + times);
            }
        }

        @Override
        public String describe() {
            return times.size() == 1 ? "once, on " + times.get(0) : "on " + times.size() + " dates";
        }
    }
}
