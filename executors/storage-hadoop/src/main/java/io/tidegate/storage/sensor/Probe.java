package io.tidegate.storage.sensor;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Looks for one sort of thing that sensors wait for. Safe for use by several threads; a look takes seconds at most. */
public interface Probe {
    /**
     * What was seen.
     *
     * @param met whether there is nothing to wait for any more
     * @param words for people: what is there, or what of the condition is missing
     */
    record Sighting(boolean met, String words) {
        public Sighting {
            Objects.requireNonNull(words, "words");
        }
    }

    /** Why this server never looks for it; empty when it does. */
    default Optional<String> refusal(Map<String, String> condition) {
        return Optional.empty();
    }

    /** @throws IOException when it cannot be looked at now; that is told, and it is looked at again */
    Sighting look(Map<String, String> condition, Instant now) throws IOException;
}
