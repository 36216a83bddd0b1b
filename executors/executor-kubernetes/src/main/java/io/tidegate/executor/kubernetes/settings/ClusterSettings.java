package io.tidegate.executor.kubernetes.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster as the operator declares it.
 *
 * @param name what authors call it
 * @param access how the server reaches it
 * @param namespaces where Jobs may be made; the first is the usual one
 * @param apiAddress address at which pods reach this server; absent hands on the server's own, which suits no pod of another machine
 * @param limits how much the server asks of the cluster's API
 * @param timing how long things may take
 * @param security what pods may do
 */
public record ClusterSettings(
        String name,
        Access access,
        List<String> namespaces,
        Optional<String> apiAddress,
        Limits limits,
        Timing timing,
        Security security) {
    public ClusterSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(access, "access");
        namespaces = List.copyOf(new LinkedHashSet<>(namespaces));
        Objects.requireNonNull(apiAddress, "apiAddress");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(security, "security");
        if (namespaces.isEmpty()) {
            throw new IllegalArgumentException("cluster '" + name + "' needs a namespace");
        }
    }

    /** How the server reaches the cluster. */
    public sealed interface Access {
        /** With the service account of the pod that the server runs in. */
        record InCluster() implements Access {}

        /**
         * With a kubeconfig file.
         *
         * @param file absent for the usual one: that of KUBECONFIG, else {@code ~/.kube/config}
         * @param context absent for the file's current one
         */
        record Kubeconfig(Optional<String> file, Optional<String> context) implements Access {}
    }

    /**
     * @param requestsPerSecond most requests in the long run
     * @param burst most requests at once after a quiet time
     * @param requestsAtOnce most requests that wait for an answer at the same time, logs that are followed not counted
     */
    public record Limits(double requestsPerSecond, int burst, int requestsAtOnce) {
        public static final Limits DEFAULT = new Limits(50, 100, 16);

        public Limits {
            if (!(requestsPerSecond > 0) || burst < 1 || requestsAtOnce < 1) {
                throw new IllegalArgumentException("limits of a cluster must be positive: " + requestsPerSecond
                        + " requests a second, " + burst + " at a burst, " + requestsAtOnce + " at once");
            }
        }
    }

    /**
     * What pods may do that they may not by default.
     *
     * @param serviceAccounts service accounts that steps may name
     * @param hostPaths folders of the node that may be mounted, with all that is below them
     * @param privileged whether containers may be privileged, add capabilities, and share the node's namespaces
     * @param resources kinds of custom resources that steps may create, as {@code plural.group}: {@code pytorchjobs.kubeflow.org}
     */
    public record Security(
            Set<String> serviceAccounts, List<String> hostPaths, boolean privileged, Set<String> resources) {
        public static final Security STRICT = new Security(Set.of(), List.of(), false);

        public Security {
            serviceAccounts = Set.copyOf(serviceAccounts);
            hostPaths = List.copyOf(hostPaths);
            resources = Set.copyOf(resources);
            for (String resource : resources) {
                if (!resource.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
                    throw new IllegalArgumentException("resources of a cluster are named plural.group, for example"
                            + " pytorchjobs.kubeflow.org, not '" + resource + "'");
                }
            }
        }

        /** The same without custom resources. */
        public Security(Set<String> serviceAccounts, List<String> hostPaths, boolean privileged) {
            this(serviceAccounts, hostPaths, privileged, Set.of());
        }
    }

    /** The namespace of Jobs that name none. */
    public String usualNamespace() {
        return namespaces.get(0);
    }
}
