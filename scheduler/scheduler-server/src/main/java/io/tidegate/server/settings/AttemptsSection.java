package io.tidegate.server.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of the folders of attempts on this machine.
 *
 * @param keep how long they stay after the attempt has ended, for example {@code 14d}; for good when left out
 */
public record AttemptsSection(Optional<String> keep) {
    public AttemptsSection {
        ConfiguredDuration.read("attempts.keep", keep, "d");
    }

    /** {@link #keep} as a duration. */
    public Optional<Duration> keptFor() {
        return ConfiguredDuration.read("attempts.keep", keep, "d");
    }
}
