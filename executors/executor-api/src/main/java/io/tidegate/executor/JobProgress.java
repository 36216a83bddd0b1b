package io.tidegate.executor;

import java.util.Objects;

/**
 * How far a job is.
 *
 * @param fraction between 0 and 1
 * @param message what it is at, in a few words, for example {@code stage 3 of 7, 41 of 200 tasks}
 */
public record JobProgress(double fraction, String message) {
    public JobProgress {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a fraction is between 0 and 1, not " + fraction);
        }
        Objects.requireNonNull(message, "message");
    }
}
