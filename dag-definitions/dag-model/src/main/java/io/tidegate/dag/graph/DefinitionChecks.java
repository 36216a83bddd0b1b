package io.tidegate.dag.graph;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that need more than one place of a definition: names that must resolve, single producers, data classes. */
final class DefinitionChecks {
    private final DagDefinition definition;
    private final GraphIndex index;
    private final List<GraphProblem> problems = new ArrayList<>();

    DefinitionChecks(DagDefinition definition, GraphIndex index) {
        this.definition = definition;
        this.index = index;
    }

    List<GraphProblem> problems() {
        if (definition.steps().isEmpty()) {
            problems.add(GraphProblem.of("steps", "a DAG needs at least one step"));
        }
        checkUniqueness();
        Map<DatasetName, StepId> writers = new HashMap<>();
        for (Step step : definition.steps()) {
            String path = "steps." + step.id();
            checkNeeds(step, path);
            checkInputs(step, path);
            checkOutputs(step, path, writers);
            checkModel(step, path);
        }
        return List.copyOf(problems);
    }

    private void checkUniqueness() {
        Set<StepId> seen = new HashSet<>();
        for (Step step : definition.steps()) {
            if (!seen.add(step.id())) {
                problems.add(GraphProblem.of("steps." + step.id(), "step " + step.id() + " is declared twice"));
            }
        }
    }

    private void checkNeeds(Step step, String path) {
        for (StepId need : step.needs()) {
            if (need.equals(step.id())) {
                problems.add(GraphProblem.of(path + ".needs", "step " + need + " cannot wait for itself"));
            } else if (index.step(need).isEmpty()) {
                unknown(path + ".needs." + need, "step", need.value(), index.steps().keySet());
            }
        }
    }

    private void checkInputs(Step step, String path) {
        for (int position = 0; position < step.inputs().size(); position++) {
            InputReference input = step.inputs().get(position);
            String inputPath = path + ".inputs." + position;
            Dataset dataset = index.datasets().get(input.dataset());
            if (dataset == null) {
                unknown(inputPath, "dataset", input.dataset().value(), index.datasets().keySet());
            } else if (input.firstOffset() < 0 && definition.schedule().isEmpty()) {
                problems.add(GraphProblem.of(inputPath, input + " names earlier intervals, but the DAG has no schedule"));
            } else if (input.firstOffset() < 0 && !dataset.isPartitionedByInterval()) {
                problems.add(GraphProblem.of(
                        inputPath, input + " names earlier intervals, but the uri of " + dataset.name() + " is the same for all of them"));
            }
        }
    }

    private void checkOutputs(Step step, String path, Map<DatasetName, StepId> writers) {
        for (int position = 0; position < step.outputs().size(); position++) {
            DatasetName name = step.outputs().get(position);
            String outputPath = path + ".outputs." + position;
            Dataset dataset = index.datasets().get(name);
            if (dataset == null) {
                unknown(outputPath, "dataset", name.value(), index.datasets().keySet());
                continue;
            }
            StepId other = writers.putIfAbsent(name, step.id());
            if (other != null) {
                problems.add(GraphProblem.of(
                        outputPath, "dataset " + name + " is already written by step " + other + "; a dataset has one producer"));
            }
            checkDataClass(step, dataset, outputPath);
        }
    }

    private void checkDataClass(Step step, Dataset output, String path) {
        if (output.dataClass() == DataClass.RAW) {
            if (step.kind() != StepKind.INGEST) {
                problems.add(GraphProblem.of(
                        path,
                        "step " + step.id() + " of kind " + step.kind().word() + " writes the raw dataset " + output.name()
                                + "; only an ingest step writes raw data"));
            }
            return;
        }
        if (step.kind().usesModel() && output.dataClass() == DataClass.DETERMINISTIC) {
            problems.add(GraphProblem.of(
                    path,
                    "step " + step.id() + " of kind " + step.kind().word() + " computes " + output.name()
                            + " with a model; declare it with class: algorithmic"));
        }
        for (InputReference input : step.inputs()) {
            Dataset source = index.datasets().get(input.dataset());
            if (source != null && !output.dataClass().mayDeriveFrom(source.dataClass())) {
                problems.add(GraphProblem.of(
                        path,
                        output.dataClass().word() + " dataset " + output.name() + " cannot be computed from the "
                                + source.dataClass().word() + " dataset " + source.name()
                                + "; declare it with class: algorithmic"));
            }
        }
    }

    private void checkModel(Step step, String path) {
        step.work().model().ifPresent(model -> {
            if (!index.models().containsKey(model)) {
                unknown(path + ".model", "model", model.value(), index.models().keySet());
            }
        });
        if (step.kind() == StepKind.PUBLISH
                && definition.steps().stream()
                        .noneMatch(other -> other.kind().producesModel() && other.work().model().equals(step.work().model()))) {
            problems.add(GraphProblem.of(
                    path, "step " + step.id() + " publishes a model that no train or refit step of this DAG makes"));
        }
    }

    private void unknown(String path, String what, String name, Collection<?> known) {
        List<String> candidates = known.stream().map(Object::toString).sorted().toList();
        problems.add(GraphProblem.of(
                path,
                "there is no " + what + " '" + name + "'",
                NearestName.of(name, candidates).map(nearest -> "did you mean '" + nearest + "'?")));
    }
}
