package io.tidegate.server.settings;

import io.tidegate.scheduler.store.HistoryStore;
import java.time.Duration;
import java.util.Optional;

/**
 * How long runs stay in the database; for good where nothing is said. A run goes when one of the two says so.
 *
 * @param keep how long after its end, for example {@code 90d}
 * @param runs how many of the newest runs of each DAG
 */
public record HistorySection(Optional<String> keep, Optional<Integer> runs) {
    public HistorySection {
        ConfiguredDuration.read("history.keep", keep, "d");
        runs.filter(number -> number < HistoryStore.ALWAYS_KEPT).ifPresent(number -> {
            throw new SettingsException(
                    "history.runs must be at least " + HistoryStore.ALWAYS_KEPT + ", which always stay, not " + number);
        });
    }

    /** {@link #keep} as a duration. */
    public Optional<Duration> keptFor() {
        return ConfiguredDuration.read("history.keep", keep, "d");
    }
}
