package io.tidegate.executor;

import io.tidegate.dag.step.ExecutorSettings;
import java.util.Map;
import java.util.Objects;

/**
 * Everything an executor needs to start an attempt.
 *
 * @param key the attempt's launch key
 * @param identity which attempt it is
 * @param settings the step's settings for this executor
 * @param workload what is started
 * @param workingDirectory absolute path the program starts in: the snapshot of the DAG's folder
 * @param environment variables of the step; the executor adds TIDEGATE_OUTPUT and TIDEGATE_SPECIFICATION
 * @param specification what the step is asked to do, as a JSON document; the executor makes it readable at TIDEGATE_SPECIFICATION
 */
public record LaunchRequest(
        LaunchKey key,
        AttemptIdentity identity,
        ExecutorSettings settings,
        Workload workload,
        String workingDirectory,
        Map<String, String> environment,
        String specification) {
    public LaunchRequest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(workingDirectory, "workingDirectory");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(specification, "specification");
    }
}
