package io.tidegate.server.settings;

import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.TextException;
import java.time.Duration;
import java.util.Optional;

/** How long something is kept, as the configuration file says it: {@code 14d}. */
final class KeptFor {
    private KeptFor() {}

    /**
     * @param key the setting, for the message
     * @throws SettingsException when the text is no positive duration
     */
    static Optional<Duration> read(String key, Optional<String> text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Duration duration = Durations.withLikelyUnit("d").read(text.get());
            if (duration.isZero()) {
                throw new SettingsException(key + " must be longer than " + text.get());
            }
            return Optional.of(duration);
        } catch (TextException wrong) {
            throw new SettingsException(key + ": " + wrong.getMessage()
                    + wrong.suggestion().map(meant -> "; " + meant).orElse(""));
        }
    }
}
