package io.tidegate.dag.step;

import java.util.Map;
import java.util.Objects;

/** Which executor runs a step, with that executor's own settings. */
public sealed interface ExecutorSettings {
    /** The executor's name, as authors write it and as attempts record it. */
    String executorName();

    /** The scheduler does the work itself. */
    record InScheduler() implements ExecutorSettings {
        @Override
        public String executorName() {
            return "scheduler";
        }
    }

    /** The server looks now and then; nothing is started. */
    record Sensor() implements ExecutorSettings {
        @Override
        public String executorName() {
            return "sensor";
        }
    }

    /** The scheduler runs another DAG. */
    record SubDag() implements ExecutorSettings {
        public static final String NAME = "dag";

        @Override
        public String executorName() {
            return NAME;
        }
    }

    /** A local process. */
    record LocalProcess() implements ExecutorSettings {
        @Override
        public String executorName() {
            return "process";
        }
    }

    /**
     * A Spark submit.
     *
     * @param target where to
     * @param resources what it may use
     * @param dependencies what it brings along
     * @param lineage whether Spark itself reports what is read and written, through OpenLineage
     * @param configuration further Spark properties
     */
    record Spark(
            SparkTarget target,
            SparkResources resources,
            SparkDependencies dependencies,
            boolean lineage,
            Map<String, String> configuration)
            implements ExecutorSettings {
        public Spark {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(resources, "resources");
            Objects.requireNonNull(dependencies, "dependencies");
            configuration = Map.copyOf(configuration);
        }

        /** A submit of the server's own Spark that brings nothing along. */
        public static Spark of(String master, String driverMemory, Map<String, String> configuration) {
            return new Spark(
                    SparkTarget.of(master),
                    SparkResources.of(driverMemory),
                    SparkDependencies.NONE,
                    false,
                    configuration);
        }

        @Override
        public String executorName() {
            return "spark";
        }
    }

    /** A Kubernetes Job. */
    record Kubernetes(KubernetesPod pod) implements ExecutorSettings {
        public Kubernetes {
            Objects.requireNonNull(pod, "pod");
        }

        @Override
        public String executorName() {
            return "kubernetes";
        }
    }
}
