package io.tidegate.dag.step;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * By when something must have ended.
 *
 * @param after how long after {@code from}
 * @param then what happens to what has not ended by then, besides that people are told
 */
public record Deadline(Duration after, From from, Then then) {
    /** What the time is counted from. */
    public enum From {
        /** The run's start. */
        RUN_START,
        /** The end of the run's data interval; counts for runs that the schedule made only, because all others are late on purpose. */
        INTERVAL_END;

        /** The word an author writes. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is done about it. */
    public enum Then {
        /** It goes on. */
        ALERT,
        /** It is cancelled. */
        CANCEL;

        /** The word an author writes. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Deadline {
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(then, "then");
        if (after.isNegative() || after.isZero()) {
            throw new IllegalArgumentException("a deadline must lie after what it is counted from, not " + after);
        }
    }
}
