package io.tidegate.dag.step;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
 * @param foreach what it is run for, one item at a time; empty for a step that runs once
 */
public record Step(
        StepId id,
        StartCondition start,
        List<InputReference> inputs,
        List<DatasetName> outputs,
        Work work,
        Execution execution,
        Limits limits,
        Optional<Foreach> foreach) {
    public Step {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(start, "start");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(foreach, "foreach");
    }

    /** The same for another name: an item of the step. */
    public Step named(StepId name) {
        return new Step(name, start, inputs, outputs, work, execution, limits, foreach);
    }

    /** Steps it comes after, beyond those that data demands; in the author's order. */
    public Set<StepId> needs() {
        return start.needs();
    }

    public StepKind kind() {
        return work.kind();
    }
}
