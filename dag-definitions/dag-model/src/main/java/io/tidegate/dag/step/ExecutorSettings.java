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
     * @param master for example {@code local[2]}
     * @param driverMemory in Spark's notation, for example {@code 1g}
     * @param configuration further Spark properties
     */
    record Spark(String master, String driverMemory, Map<String, String> configuration) implements ExecutorSettings {
        public Spark {
            Objects.requireNonNull(master, "master");
            Objects.requireNonNull(driverMemory, "driverMemory");
            configuration = Map.copyOf(configuration);
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
