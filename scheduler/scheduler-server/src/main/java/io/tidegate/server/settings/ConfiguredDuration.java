package io.tidegate.server.settings;

import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.TextException;
import java.time.Duration;
import java.util.Optional;

/** How long something may take or is kept, as the configuration file says it: {@code 14d}. */
final class ConfiguredDuration {
    private ConfiguredDuration() {}

    /**
     * @param key the setting, for the message
     * @param likelyUnit the unit to offer where there is none: {@code s}, {@code m}, {@code h} or {@code d}
     * @throws SettingsException when the text is no positive duration
     */
    static Optional<Duration> read(String key, Optional<String> text, String likelyUnit) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Duration duration = Durations.withLikelyUnit(likelyUnit).read(text.get());
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
