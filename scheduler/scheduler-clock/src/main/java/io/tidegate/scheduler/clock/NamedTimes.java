package io.tidegate.scheduler.clock;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Times that are named one by one. */
final class NamedTimes implements LocalTimes {
    private final NavigableSet<LocalDateTime> times;

    private NamedTimes(NavigableSet<LocalDateTime> times) {
        this.times = times;
    }

    /** @param beginning where the first interval begins */
    static NamedTimes of(LocalDateTime beginning, Collection<LocalDateTime> times) {
        NavigableSet<LocalDateTime> all = new TreeSet<>(times);
        all.add(beginning);
        return new NamedTimes(all);
    }

    @Override
    public Optional<LocalDateTime> after(LocalDateTime time) {
        return Optional.ofNullable(times.higher(time));
    }

    @Override
    public Optional<LocalDateTime> before(LocalDateTime time) {
        return Optional.ofNullable(times.lower(time));
    }
}
