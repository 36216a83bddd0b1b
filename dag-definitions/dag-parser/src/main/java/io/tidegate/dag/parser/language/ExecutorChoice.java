package io.tidegate.dag.parser.language;

import io.tidegate.dag.step.ExecutorSettings;
import java.util.Optional;

/** An executor as far as an author has settled it: with what Spark is given, or a process. */
record ExecutorChoice(Optional<SparkChoice> submit) {
    static final ExecutorChoice PROCESS = new ExecutorChoice(Optional.empty());
    static final ExecutorChoice SPARK = new ExecutorChoice(Optional.of(SparkChoice.OPEN));

    boolean spark() {
        return submit.isPresent();
    }

    /** The word authors write. */
    String word() {
        return spark() ? "spark" : "process";
    }

    /** This choice, with what it leaves open taken from the DAG's default where that is the same executor. */
    ExecutorChoice completedBy(Optional<ExecutorChoice> defaults) {
        Optional<SparkChoice> base = defaults.flatMap(ExecutorChoice::submit);
        return base.isEmpty() ? this : new ExecutorChoice(submit.map(own -> own.completedBy(base.get())));
    }

    ExecutorSettings settings() {
        return submit.<ExecutorSettings>map(SparkChoice::settings).orElseGet(ExecutorSettings.LocalProcess::new);
    }
}
