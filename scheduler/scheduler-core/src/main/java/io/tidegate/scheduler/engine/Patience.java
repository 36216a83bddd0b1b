package io.tidegate.scheduler.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before something outside is asked again: doubles from try to try, spread by up to a half so that many who wait for the
 * same thing do not come back at once.
 */
record Patience(Duration first, Duration longest) {
    private static final int LONGEST_SHIFT = 20;

    static Patience of(EngineSettings.Pace pace) {
        return new Patience(pace.firstRetry(), pace.longestRetry());
    }

    /**
     * @param failures how often it went wrong so far, at least 1
     */
    Duration after(int failures) {
        long factor = 1L << Math.min(failures - 1, LONGEST_SHIFT);
        long base = Math.min(longest.toMillis(), first.toMillis() * factor);
        return Duration.ofMillis(base / 2 + ThreadLocalRandom.current().nextLong(base / 2 + 1));
    }
}
