package io.tidegate.executor.spark;

import io.tidegate.dag.step.SparkTarget;
import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.spark.cluster.SparkCluster;
import io.tidegate.executor.spark.kubernetes.KubernetesCluster;
import io.tidegate.executor.spark.standalone.StandaloneCluster;
import io.tidegate.executor.spark.yarn.YarnCluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows where applications may go, and keeps one connection to each cluster. Safe for use by several threads. */
final class Destinations implements AutoCloseable {
    /** Name of the profile of steps that name none. */
    static final String OWN = "own";

    private static final String ALL_CORES = "local[*]";
    private static final String YARN = "yarn";
    private static final String STANDALONE = "spark://";

    private final SparkSettings settings;
    private final InstallationId installation;
    private final Map<List<String>, SparkCluster> clusters = new HashMap<>();

    /** @param installation what applications are marked with */
    Destinations(SparkSettings settings, InstallationId installation) {
        this.settings = settings;
        this.installation = installation;
    }

    /** @throws IllegalArgumentException when there is no such place, with a message for the author */
    Destination of(SparkTarget target) {
        SparkProfile profile = profile(target.profile().orElse(OWN));
        String master = target.master().or(profile::master).orElse(ALL_CORES);
        boolean usuallyInCluster = master.equals(YARN) || master.startsWith(Destination.KUBERNETES);
        boolean inCluster = target.deployMode().map(DeployMode.CLUSTER::equals).orElse(usuallyInCluster);
        check(master, inCluster);
        return new Destination(profile, master, inCluster);
    }

    private static void check(String master, boolean inCluster) {
        boolean local = SubmitLine.isLocal(master);
        if (local && inCluster) {
            throw new IllegalArgumentException("a local master is no cluster: leave deploy_mode out");
        }
        if (master.startsWith(Destination.KUBERNETES) && !inCluster) {
            throw new IllegalArgumentException("on Kubernetes the driver runs in the cluster: leave deploy_mode out");
        }
        if (!local
                && !master.equals(YARN)
                && !master.startsWith(Destination.KUBERNETES)
                && !master.startsWith(STANDALONE)) {
            throw new IllegalArgumentException("'" + master
                    + "' is no Spark master: write local[2], spark://host:7077, yarn or k8s://https://host:6443");
        }
    }

    private SparkProfile profile(String name) {
        return knownProfile(name)
                .orElseThrow(() -> new IllegalArgumentException("the server's configuration has no Spark profile '"
                        + name + "'; it has "
                        + (settings.profiles().isEmpty()
                                ? "none"
                                : String.join(
                                        ", ",
                                        settings.profiles().keySet().stream()
                                                .sorted()
                                                .toList()))));
    }

    /** The profile of a name; empty when there is none. */
    Optional<SparkProfile> knownProfile(String name) {
        return name.equals(OWN)
                ? Optional.of(SparkProfile.of(OWN, settings.home()))
                : Optional.ofNullable(settings.profiles().get(name));
    }

    /** The cluster of a destination; empty for this machine. */
    synchronized Optional<SparkCluster> cluster(SparkProfile profile, String master) {
        if (SubmitLine.isLocal(master)) {
            return Optional.empty();
        }
        return Optional.of(
                clusters.computeIfAbsent(List.of(profile.name(), master), unused -> connect(profile, master)));
    }

    /** The clusters that profiles name, and those that steps have gone to since the start. */
    synchronized List<SparkCluster> clusters() {
        settings.profiles().values().forEach(profile -> {
            var unused = profile.master().flatMap(master -> cluster(profile, master));
        });
        return new ArrayList<>(clusters.values());
    }

    private SparkCluster connect(SparkProfile profile, String master) {
        String name = profile.name().equals(OWN) ? master : profile.name();
        if (master.equals(YARN)) {
            return new YarnCluster(name, installation, profile.environment());
        }
        if (master.startsWith(Destination.KUBERNETES)) {
            return new KubernetesCluster(
                    name, installation, master.substring(Destination.KUBERNETES.length()), profile.environment());
        }
        return new StandaloneCluster(name, installation, master, profile.pagesOfMaster());
    }

    @Override
    public synchronized void close() {
        clusters.values().forEach(SparkCluster::close);
    }
}
