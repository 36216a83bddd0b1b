package io.tidegate.dag.step;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One node of a DAG, in long form.
 *
 * @param needs steps that must end before, beyond those that data demands; in the author's order
 * @param inputs partitions it reads
 * @param outputs datasets whose partition of the run's interval it writes
 * @param work what its kind demands
 * @param execution where and how it is run
 * @param limits when it is given up, when it is tried again
 */
public record Step(
        StepId id,
        Set<StepId> needs,
        List<InputReference> inputs,
        List<DatasetName> outputs,
        Work work,
        Execution execution,
        Limits limits) {
    public Step {
        Objects.requireNonNull(id, "id");
        needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(limits, "limits");
    }

    public StepKind kind() {
        return work.kind();
    }
}
