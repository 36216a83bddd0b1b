package io.tidegate.dag.step;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One node of a DAG, in long form.
 *
 * @param start what must be before it starts, beyond the data it reads
 * @param inputs partitions it reads
 * @param outputs datasets whose partition of the run's interval it writes
 * @param work what its kind demands
 * @param execution where and how it is run
 * @param limits when it is given up, when it is tried again
 */
public record Step(
        StepId id,
        StartCondition start,
        List<InputReference> inputs,
        List<DatasetName> outputs,
        Work work,
        Execution execution,
        Limits limits) {
    public Step {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(start, "start");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(limits, "limits");
    }

    /** Steps it comes after, beyond those that data demands; in the author's order. */
    public Set<StepId> needs() {
        return start.needs();
    }

    public StepKind kind() {
        return work.kind();
    }
}
