package io.tidegate.executor.spark.cluster;

import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An application as its cluster sees it.
 *
 * @param key the launch key it is marked with
 * @param id the cluster's name for it
 * @param phase the cluster's word for its state
 * @param running whether the driver's program runs
 * @param ended how it ended; absent while it has not
 * @param since when it was submitted, as the cluster says
 * @param marked whether it says that this installation submitted it; false when it does not say who did
 * @param details what is known of it, for people and for later questions
 */
public record ClusterDriver(
        LaunchKey key,
        String id,
        String phase,
        boolean running,
        Optional<Observation.Ended> ended,
        Optional<Instant> since,
        boolean marked,
        Map<String, String> details) {
    /** Name among the details of what Spark calls the application. */
    public static final String APPLICATION_ID = "applicationId";

    /** Name among the details of the address of the application's own pages. */
    public static final String TRACKING_URL = "trackingUrl";

    public ClusterDriver {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(since, "since");
        details = Map.copyOf(details);
    }
}
