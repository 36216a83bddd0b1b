package io.tidegate.executor.spark;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What Spark applications are submitted with.
 *
 * @param home the installation
 * @param cache folder for class-data archives, which may be shared by several servers; made when it is missing
 * @param archives whether class-data archives are made
 */
public record SparkSettings(SparkHome home, Path cache, Archives archives) {
    /** When class-data archives are made. */
    public enum Archives {
        /** Never; one that is there is used. */
        NEVER,
        /** With lowest priority beside the first application that would have used one, or when asked for earlier. */
        IN_BACKGROUND
    }

    public SparkSettings {
        Objects.requireNonNull(home, "home");
        cache = cache.toAbsolutePath().normalize();
        Objects.requireNonNull(archives, "archives");
    }
}
