package io.tidegate.scheduler.clock;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Times without those on excluded days.
 *
 * @param all the times of every day
 */
record WorkingDayTimes(LocalTimes all, SortedSet<LocalDate> excluded) implements LocalTimes {
    @Override
    public Optional<LocalDateTime> after(LocalDateTime time) {
        Optional<LocalDateTime> found = all.after(time);
        while (found.filter(this::isExcluded).isPresent()) {
            LocalDateTime dayAfter =
                    found.orElseThrow().toLocalDate().plusDays(1).atStartOfDay();
            found = all.after(dayAfter.minusNanos(1));
        }
        return found;
    }

    @Override
    public Optional<LocalDateTime> before(LocalDateTime time) {
        Optional<LocalDateTime> found = all.before(time);
        while (found.filter(this::isExcluded).isPresent()) {
            found = all.before(found.orElseThrow().toLocalDate().atStartOfDay());
        }
        return found;
    }

    private boolean isExcluded(LocalDateTime time) {
        return excluded.contains(time.toLocalDate());
    }
}
