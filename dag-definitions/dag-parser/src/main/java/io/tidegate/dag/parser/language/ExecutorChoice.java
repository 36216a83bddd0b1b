package io.tidegate.dag.parser.language;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import java.util.Optional;

/** An executor as far as an author has settled it. */
sealed interface ExecutorChoice {
    ExecutorChoice PROCESS = new Process();
    ExecutorChoice SPARK = new Spark(SparkChoice.OPEN);
    ExecutorChoice KUBERNETES = new Kubernetes(KubernetesPod.EMPTY);

    /** The word authors write. */
    String word();

    ExecutorSettings settings();

    /** This choice, with what it leaves open taken from the DAG's default where that is the same executor. */
    ExecutorChoice completedBy(Optional<ExecutorChoice> defaults);

    /** Whether it runs Spark applications; the others run commands. */
    default boolean spark() {
        return this instanceof Spark;
    }

    /** A local process. */
    record Process() implements ExecutorChoice {
        @Override
        public String word() {
            return "process";
        }

        @Override
        public ExecutorSettings settings() {
            return new ExecutorSettings.LocalProcess();
        }

        @Override
        public ExecutorChoice completedBy(Optional<ExecutorChoice> defaults) {
            return this;
        }
    }

    /** A submit to Spark. */
    record Spark(SparkChoice submit) implements ExecutorChoice {
        @Override
        public String word() {
            return "spark";
        }

        @Override
        public ExecutorSettings settings() {
            return submit.settings();
        }

        @Override
        public ExecutorChoice completedBy(Optional<ExecutorChoice> defaults) {
            return defaults.isPresent() && defaults.get() instanceof Spark base
                    ? new Spark(submit.completedBy(base.submit))
                    : this;
        }
    }

    /** A Kubernetes Job. */
    record Kubernetes(KubernetesPod pod) implements ExecutorChoice {
        @Override
        public String word() {
            return "kubernetes";
        }

        @Override
        public ExecutorSettings settings() {
            return new ExecutorSettings.Kubernetes(pod);
        }

        @Override
        public ExecutorChoice completedBy(Optional<ExecutorChoice> defaults) {
            return defaults.isPresent() && defaults.get() instanceof Kubernetes base
                    ? new Kubernetes(pod.completedBy(base.pod))
                    : this;
        }
    }
}
