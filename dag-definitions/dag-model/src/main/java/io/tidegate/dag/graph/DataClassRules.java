package io.tidegate.dag.graph;

import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.step.Step;
import java.util.Objects;
import java.util.Optional;

/** Whether a step may write a dataset of the class it is declared with. */
final class DataClassRules {
    private DataClassRules() {}

    /** What is wrong with the dataset as an output of the step; the first thing, since the others follow from it. */
    static Optional<String> problem(Step step, Dataset output, GraphIndex index) {
        if (output.dataClass() == DataClass.RAW && !step.kind().takesInData()) {
            return Optional.of("step " + step.id() + " of kind " + step.kind().word() + " writes the raw dataset "
                    + output.name() + "; only an ingest step writes raw data");
        }
        if (step.kind().usesModel() && output.dataClass() == DataClass.DETERMINISTIC) {
            return Optional.of("step " + step.id() + " of kind " + step.kind().word() + " computes " + output.name()
                    + " with a model; declare it with class: algorithmic");
        }
        return step.inputs().stream()
                .map(InputReference::dataset)
                .map(index.datasets()::get)
                .filter(Objects::nonNull)
                .filter(input -> !output.dataClass().mayDeriveFrom(input.dataClass()))
                .findFirst()
                .map(input -> derivation(output, input));
    }

    private static String derivation(Dataset output, Dataset input) {
        String remedy = output.dataClass() == DataClass.RAW
                ? "raw data comes from outside"
                : "declare it with class: algorithmic";
        return output.dataClass().word() + " dataset " + output.name() + " cannot be computed from the "
                + input.dataClass().word() + " dataset " + input.name() + "; " + remedy;
    }
}
