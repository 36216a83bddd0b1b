package io.tidegate.server.settings;

import java.util.Optional;

/**
 * How large a backfill may be.
 *
 * @param mostIntervals most intervals of one backfill, 1 to 100000; 10000 when left out
 */
public record BackfillSection(Optional<Integer> mostIntervals) {
    /** What counts when nothing is said. */
    public static final int USUAL_MOST_INTERVALS = 10_000;

    private static final int MOST = 100_000;

    public BackfillSection {
        mostIntervals.filter(number -> number < 1 || number > MOST).ifPresent(number -> {
            throw new SettingsException("backfill.most_intervals must be between 1 and " + MOST + ", not " + number);
        });
    }
}
