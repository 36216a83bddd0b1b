package io.tidegate.steps.contract;

import java.util.Objects;
import java.util.Optional;

/**
 * The model a step trains or evaluates.
 *
 * @param name its name
 * @param bundle folder a step that trains writes its bundle to
 * @param champion the version in use, unless there is none yet
 */
public record ModelReference(String name, String bundle, Optional<Champion> champion) {
    public ModelReference {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(champion, "champion");
    }

    /**
     * The version of a model that is in use.
     *
     * @param version its number
     * @param bundle folder of its bundle
     */
    public record Champion(long version, String bundle) {
        public Champion {
            Objects.requireNonNull(bundle, "bundle");
        }
    }
}
