package io.tidegate.executor;

import io.tidegate.dag.step.ExecutorSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Everything an executor needs to start an attempt.
 *
 * @param key the attempt's launch key
 * @param identity which attempt it is
 * @param settings the step's settings for this executor
 * @param workload what is started
 * @param surroundings what the program finds when it starts
 * @param timeout how long the attempt may run; the scheduler ends it then, and an executor whose other side can, sees to it besides that
 *     nothing outlives it by much should the scheduler not be there
 */
public record LaunchRequest(
        LaunchKey key,
        AttemptIdentity identity,
        ExecutorSettings settings,
        Workload workload,
        Surroundings surroundings,
        Duration timeout) {
    public LaunchRequest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(surroundings, "surroundings");
        Objects.requireNonNull(timeout, "timeout");
    }

    /**
     * What the program of an attempt finds when it starts.
     *
     * @param workingDirectory absolute path the program starts in: the snapshot of the DAG's folder
     * @param environment variables of the step; the executor adds TIDEGATE_OUTPUT and TIDEGATE_SPECIFICATION
     * @param specification what the step is asked to do, as a JSON document; the executor makes it readable at TIDEGATE_SPECIFICATION
     * @param secrets names of the variables whose values nobody but the program may see: the executor writes them down nowhere, and refuses the
     *     launch where it cannot keep them to itself
     */
    public record Surroundings(
            String workingDirectory, Map<String, String> environment, String specification, Set<String> secrets) {
        public Surroundings {
            Objects.requireNonNull(workingDirectory, "workingDirectory");
            environment = Map.copyOf(environment);
            Objects.requireNonNull(specification, "specification");
            secrets = Set.copyOf(secrets);
        }

        /** Surroundings without secrets. */
        public Surroundings(String workingDirectory, Map<String, String> environment, String specification) {
            this(workingDirectory, environment, specification, Set.of());
        }

        /** The same with other variables. */
        public Surroundings withEnvironment(Map<String, String> other) {
            return new Surroundings(workingDirectory, other, specification, secrets);
        }
    }

    /** The same attempt with another workload and other variables. */
    public LaunchRequest with(Workload other, Map<String, String> environment) {
        return new LaunchRequest(key, identity, settings, other, surroundings.withEnvironment(environment), timeout);
    }

    /** The same attempt with other settings. */
    public LaunchRequest with(ExecutorSettings other) {
        return new LaunchRequest(key, identity, other, workload, surroundings, timeout);
    }

    public String workingDirectory() {
        return surroundings.workingDirectory();
    }

    public Map<String, String> environment() {
        return surroundings.environment();
    }

    public String specification() {
        return surroundings.specification();
    }
}
