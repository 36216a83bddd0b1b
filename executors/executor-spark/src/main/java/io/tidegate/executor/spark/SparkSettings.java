package io.tidegate.executor.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What Spark applications are submitted with.
 *
 * @param home the installation
 * @param cache folder for class-data archives, which may be shared by several servers; made when it is missing
 * @param archives whether class-data archives are made
 * @param profiles further ways to submit, by name
 * @param lookInterval how often clusters are asked about the attempts that are watched
 */
public record SparkSettings(
        SparkHome home, Path cache, Archives archives, Map<String, SparkProfile> profiles, Duration lookInterval) {
    private static final Duration USUAL_LOOK_INTERVAL = Duration.ofSeconds(2);

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
        profiles = Map.copyOf(profiles);
        if (lookInterval.isNegative() || lookInterval.isZero()) {
            throw new IllegalArgumentException("lookInterval must be positive, not " + lookInterval);
        }
    }

    /** Without profiles; clusters are asked every two seconds. */
    public SparkSettings(SparkHome home, Path cache, Archives archives) {
        this(home, cache, archives, Map.of(), USUAL_LOOK_INTERVAL);
    }

    public SparkSettings withProfiles(Map<String, SparkProfile> others) {
        return new SparkSettings(home, cache, archives, others, lookInterval);
    }

    public SparkSettings withLookInterval(Duration other) {
        return new SparkSettings(home, cache, archives, profiles, other);
    }
}
