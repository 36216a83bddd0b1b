package io.tidegate.server.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part {@code kubernetes} of the configuration file.
 *
 * @param clusters by name, as authors write it; the first is the one of steps that name none
 */
public record KubernetesSection(Map<String, ClusterSection> clusters) {
    public KubernetesSection {
        if (clusters == null || clusters.isEmpty()) {
            throw new SettingsException("kubernetes needs clusters, with at least one");
        }
        clusters = new LinkedHashMap<>(clusters);
    }

    /**
     * A cluster. Durations are written as in DAG files: {@code 30s}, {@code 10m}.
     *
     * @param inCluster whether the server runs in a pod of this cluster and uses that pod's service account
     * @param kubeconfig a kubeconfig file; that of KUBECONFIG, else {@code ~/.kube/config}, when left out
     * @param context one of the file's contexts; its current one when left out
     * @param namespace where Jobs are made
     * @param namespaces further namespaces that DAGs may choose
     * @param apiAddress the address at which pods reach this server
     * @param limits how much is asked of the cluster
     * @param timing how long things may take
     * @param security what pods may do
     * @param resources kinds of custom resources that steps may make, as {@code plural.group}
     */
    public record ClusterSection(
            Optional<Boolean> inCluster,
            Optional<String> kubeconfig,
            Optional<String> context,
            Optional<String> namespace,
            Optional<List<String>> namespaces,
            Optional<String> apiAddress,
            Optional<LimitsSection> limits,
            Optional<TimingSection> timing,
            Optional<SecuritySection> security,
            Optional<List<String>> resources) {}

    /**
     * @param requestsPerSecond most requests in the long run
     * @param burst most requests at once after a quiet time
     * @param requestsAtOnce most requests that wait for an answer
     */
    public record LimitsSection(
            Optional<Double> requestsPerSecond, Optional<Integer> burst, Optional<Integer> requestsAtOnce) {}

    /**
     * @param pending how long a pod may wait to be started
     * @param grace time between asking a pod to end and killing it
     * @param deadlineMargin how much longer than its timeout Kubernetes lets a Job go on
     * @param keepFinished how long a Job that has ended is kept
     * @param listEvery how often everything is listed
     */
    public record TimingSection(
            Optional<String> pending,
            Optional<String> grace,
            Optional<String> deadlineMargin,
            Optional<String> keepFinished,
            Optional<String> listEvery) {}

    /**
     * @param serviceAccounts service accounts that steps may name
     * @param hostPaths folders of nodes that steps may mount
     * @param privileged whether containers may be privileged
     */
    public record SecuritySection(
            Optional<List<String>> serviceAccounts, Optional<List<String>> hostPaths, Optional<Boolean> privileged) {}
}
