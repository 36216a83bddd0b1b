package io.tidegate.scheduler.clock;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Times at an even distance, in both directions.
 *
 * @param anchor one of the times
 * @param period whole minutes, at least one
 */
record EvenTimes(LocalDateTime anchor, Duration period) implements LocalTimes {
    @Override
    public Optional<LocalDateTime> after(LocalDateTime time) {
        return Optional.of(anchor.plus(period.multipliedBy(periodsUntil(time) + 1)));
    }

    @Override
    public Optional<LocalDateTime> before(LocalDateTime time) {
        LocalDateTime latest = anchor.plus(period.multipliedBy(periodsUntil(time)));
        return Optional.of(latest.isBefore(time) ? latest : latest.minus(period));
    }

    /** How many whole periods lie between the anchor and the time; negative before the anchor. */
    private long periodsUntil(LocalDateTime time) {
        long minutes = ChronoUnit.MINUTES.between(anchor, time);
        if (anchor.plusMinutes(minutes).isAfter(time)) {
            minutes--;
        }
        return Math.floorDiv(minutes, period.toMinutes());
    }
}
