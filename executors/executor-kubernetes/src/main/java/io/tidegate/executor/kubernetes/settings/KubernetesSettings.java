package io.tidegate.executor.kubernetes.settings;

import io.tidegate.executor.InstallationId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All clusters of a server.
 *
 * @param installation what Jobs and pods are marked with
 * @param attempts folder that holds one folder for each attempt, the same as that of local attempts
 * @param logLimit most bytes of log kept for an attempt
 * @param clusters the clusters; the first is the one of steps that name none
 */
public record KubernetesSettings(
        InstallationId installation, Path attempts, long logLimit, List<ClusterSettings> clusters) {
    public KubernetesSettings {
        Objects.requireNonNull(installation, "installation");
        Objects.requireNonNull(attempts, "attempts");
        clusters = List.copyOf(clusters);
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("there is no cluster");
        }
        if (byName(clusters).size() < clusters.size()) {
            throw new IllegalArgumentException("two clusters have the same name");
        }
    }

    /** The cluster of a name; the usual one when no name is given. */
    public Optional<ClusterSettings> cluster(Optional<String> name) {
        return name.isEmpty()
                ? Optional.of(clusters.get(0))
                : Optional.ofNullable(byName(clusters).get(name.get()));
    }

    private static Map<String, ClusterSettings> byName(List<ClusterSettings> clusters) {
        Map<String, ClusterSettings> named = new LinkedHashMap<>();
        clusters.forEach(cluster -> named.put(cluster.name(), cluster));
        return named;
    }
}
