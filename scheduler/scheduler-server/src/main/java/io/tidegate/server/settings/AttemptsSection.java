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
        KeptFor.read("attempts.keep", keep);
    }

    /** {@link #keep} as a duration. */
    public Optional<Duration> keptFor() {
        return KeptFor.read("attempts.keep", keep);
    }
}
