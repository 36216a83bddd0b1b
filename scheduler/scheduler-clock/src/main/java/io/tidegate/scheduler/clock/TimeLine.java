package io.tidegate.scheduler.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/**
 * Local times placed on the time line of a zone: a time that does not exist is the first instant after the gap, a time that exists twice is the
 * first of the two. Immutable.
 *
 * @param times on a calendar whose clock never changes
 */
record TimeLine(LocalTimes times, ZoneId zone) {
    /** Local times that fall together into one gap or lie in an overlap; more means that the times cannot be followed. */
    private static final int MOST_COINCIDING = 24 * 60;

    /** The first instant after the given one; empty when the expression never holds again. */
    Optional<Instant> after(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        for (int tries = 0; tries < MOST_COINCIDING; tries++) {
            Optional<LocalDateTime> next = times.after(local);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            local = next.orElseThrow();
            Instant candidate = place(local);
            if (candidate.isAfter(instant)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The first instant that is the given one or after it. */
    Optional<Instant> from(Instant instant) {
        return after(instant.minusMillis(1));
    }

    /** The last instant before the given one; empty when there is none. */
    Optional<Instant> before(Instant instant) {
        LocalDateTime local = latestLocalTimePassed(instant);
        for (int tries = 0; tries < MOST_COINCIDING; tries++) {
            Optional<LocalDateTime> last = times.before(local);
            if (last.isEmpty()) {
                return Optional.empty();
            }
            local = last.orElseThrow();
            Instant candidate = place(local);
            if (candidate.isBefore(instant)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The last instant that is the given one or before it. */
    Optional<Instant> upTo(Instant instant) {
        return before(instant.plusMillis(1));
    }

    /** While the clock runs through an overlap the second time, every local time of it has passed once. */
    private LocalDateTime latestLocalTimePassed(Instant instant) {
        ZoneOffsetTransition transition = zone.getRules().previousTransition(instant.plusNanos(1));
        boolean secondPass = transition != null
                && transition.isOverlap()
                && Duration.between(transition.getInstant(), instant)
                                .compareTo(transition.getDuration().negated())
                        < 0;
        return secondPass ? transition.getDateTimeBefore() : LocalDateTime.ofInstant(instant, zone);
    }

    private Instant place(LocalDateTime local) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 1) {
            return local.toInstant(offsets.get(0));
        }
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
    }
}
