package io.tidegate.scheduler.trigger;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.schedule.LogicalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts how many intervals are asked for at once, in ten years of minutes. */
final class Minutes implements LogicalTimes {
    static final Instant START = Instant.parse("2016-01-01T00:00:00Z");
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private int most;

    private static DataInterval minute(Instant start) {
        return new DataInterval(start, start.plusSeconds(60), ZoneOffset.UTC);
    }

    int mostAtOnce() {
        return most;
    }

    @Override
    public Optional<DataInterval> shift(Schedule schedule, DataInterval interval, int offset) {
        return Optional.of(minute(interval.start().plusSeconds(60L * offset)));
    }

    @Override
    public Optional<DataInterval> startingOn(Schedule schedule, LocalDate day) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<DataInterval> starting(Schedule schedule, Instant from, Instant until, int limit) {
        List<DataInterval> found = new ArrayList<>();
        for (Instant at = from; at.isBefore(until) && found.size() < limit; at = at.plusSeconds(60)) {
            found.add(minute(at));
        }
        most = Math.max(most, found.size());
        return found;
    }

    @Override
    public Optional<DataInterval> nextEndingAfter(Schedule schedule, Instant instant) {
        Instant start = instant.isBefore(START) ? START : instant.truncatedTo(ChronoUnit.MINUTES);
        return Optional.of(minute(start));
    }

    @Override
    public Optional<DataInterval> lastEndedBy(Schedule schedule, Instant instant) {
        return Optional.of(minute(instant.truncatedTo(ChronoUnit.MINUTES).minusSeconds(60)));
    }
}
