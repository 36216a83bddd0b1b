package io.tidegate.dag.graph;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.GraphProblem.Rule;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.Awaited;
import io.tidegate.dag.step.Deadline;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.dag.step.ResultCondition;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import io.tidegate.dag.step.StepTemplates;
import io.tidegate.dag.step.TriggerRule;
import io.tidegate.dag.step.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that need more than one place of a definition: names that must resolve, single producers, data classes. */
final class DefinitionChecks {
    /** Suggestions cost a look at every candidate; after this many the author has seen the pattern. */
    private static final int MOST_SUGGESTIONS = 200;

    private final DagDefinition definition;
    private final GraphIndex index;
    private final List<GraphProblem> problems = new ArrayList<>();
    private final Map<DatasetName, StepId> writers = new HashMap<>();
    private final Map<ModelName, StepId> publishers = new HashMap<>();
    private final Set<ModelName> trained;
    private int suggestions;

    DefinitionChecks(DagDefinition definition, GraphIndex index) {
        this.definition = definition;
        this.index = index;
        this.trained = GraphIndex.trainers(definition.steps()).keySet();
    }

    List<GraphProblem> problems() {
        if (definition.steps().isEmpty()) {
            add(Rule.NAMES, "steps", "a DAG needs at least one step");
        }
        checkUniqueness();
        checkVariables();
        checkPlaces();
        problems.addAll(SecretChecks.problems(definition));
        definition.limits().deadline().ifPresent(deadline -> checkDeadline(deadline, "deadline"));
        for (Step step : definition.steps()) {
            String path = "steps." + step.id();
            checkNeeds(step, path);
            checkRunWhen(step, path);
            checkPast(step, path);
            checkAwaited(step, path);
            checkInputs(step, path);
            checkOutputs(step, path);
            checkModel(step, path);
            checkOutputReferences(step, path);
            problems.addAll(new ItemChecks(definition, index, step).problems(path));
            step.limits().deadline().ifPresent(deadline -> checkDeadline(deadline, path + ".deadline"));
        }
        return List.copyOf(problems);
    }

    private void checkUniqueness() {
        Set<StepId> seen = new HashSet<>();
        for (Step step : definition.steps()) {
            if (!seen.add(step.id())) {
                add(Rule.NAMES, "steps." + step.id(), "step " + step.id() + " is declared twice");
            }
        }
    }

    /** Steps find parameters and datasets in environment variables, in which {@code -} and {@code _} are the same. */
    private void checkVariables() {
        checkVariables(
                "params", definition.parameters().stream().map(Parameter::name).toList());
        checkVariables(
                "datasets",
                definition.resources().datasets().stream()
                        .map(dataset -> dataset.name().value())
                        .toList());
    }

    private void checkVariables(String section, List<String> names) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.putIfAbsent(name.replace('-', '_'), name);
            if (other != null) {
                add(
                        Rule.NAMES,
                        section + "." + name,
                        "'" + name + "' and '" + other + "' would be the same environment variable of a step");
            }
        }
    }

    private void checkPlaces() {
        Map<String, DatasetName> seen = new HashMap<>();
        for (Dataset dataset : definition.resources().datasets()) {
            DatasetName other = seen.putIfAbsent(dataset.uri().source(), dataset.name());
            if (other != null && !other.equals(dataset.name())) {
                add(
                        Rule.NAMES,
                        "datasets." + dataset.name() + ".uri",
                        "dataset " + dataset.name() + " lies where " + other + " lies; one would overwrite the other");
            }
        }
    }

    private void checkDeadline(Deadline deadline, String path) {
        if (deadline.from() == Deadline.From.INTERVAL_END
                && definition.schedule().isEmpty()) {
            problems.add(GraphProblem.of(
                    Rule.NAMES,
                    path,
                    "a DAG without a schedule has no intervals from whose end a deadline could count",
                    "write from: run_start"));
        }
    }

    private void checkNeeds(Step step, String path) {
        for (StepId need : step.needs()) {
            if (need.equals(step.id())) {
                add(Rule.ORDER, path + ".needs." + need, "step " + need + " cannot wait for itself");
            } else if (index.step(need).isEmpty()) {
                unknown(
                        path + ".needs." + need,
                        "step",
                        need.value(),
                        index.steps().keySet());
            }
        }
    }

    private void checkRunWhen(Step step, String path) {
        String rulePath = path + ".run_when";
        if (step.start().runWhen() != TriggerRule.USUAL && step.needs().isEmpty()) {
            problems.add(GraphProblem.of(
                    Rule.ORDER,
                    rulePath,
                    "run_when is about the steps in needs, and step " + step.id() + " has none",
                    "name them in needs, or leave run_when out"));
        } else if (step.start().runWhen() instanceof ResultCondition condition) {
            condition.steps().stream()
                    .filter(named -> !step.needs().contains(named))
                    .forEach(named -> problems.add(new GraphProblem(
                            Rule.ORDER,
                            rulePath + "." + named,
                            "run_when names '" + named + "', which is not among the steps in needs",
                            index.step(named).isPresent()
                                    ? Optional.of("add it to needs")
                                    : nearest(named.value(), step.needs())
                                            .map(right -> "did you mean '" + right + "'?"))));
        }
    }

    private void checkPast(Step step, String path) {
        if (step.start().dependsOnPast() && definition.schedule().isEmpty()) {
            problems.add(GraphProblem.of(
                    Rule.PARTITIONS,
                    path + ".depends_on_past",
                    "step " + step.id() + " depends on the interval before, but the DAG has no schedule",
                    "add a schedule, or leave depends_on_past out"));
        }
    }

    /** What is told by the interval needs one. */
    private void checkAwaited(Step step, String path) {
        if (definition.schedule().isPresent() || !(step.work() instanceof Work.Wait wait)) {
            return;
        }
        if (wait.what() instanceof Awaited.DagInterval) {
            add(
                    Rule.PARTITIONS,
                    path + ".run_of",
                    "step " + step.id() + " waits for a run of its interval, but the DAG has no schedule");
        } else if (wait.what() instanceof Awaited.TimeOfDay) {
            problems.add(GraphProblem.of(
                    Rule.PARTITIONS,
                    path + ".until",
                    "step " + step.id()
                            + " waits for a time of day, but the DAG has no schedule that says in which zone",
                    "wait for a duration such as 2h, or add a schedule"));
        }
    }

    private void checkInputs(Step step, String path) {
        for (int position = 0; position < step.inputs().size(); position++) {
            InputReference input = step.inputs().get(position);
            String inputPath = path + ".inputs." + position;
            Dataset dataset = index.datasets().get(input.dataset());
            if (dataset == null) {
                unknown(
                        inputPath,
                        "dataset",
                        input.dataset().value(),
                        index.datasets().keySet());
                continue;
            }
            if (input.includesCurrent() && step.outputs().contains(input.dataset())) {
                problems.add(GraphProblem.of(
                        Rule.ORDER,
                        inputPath,
                        "step " + step.id() + " reads " + dataset.name() + ", which it writes itself",
                        "the partition of the interval before is " + dataset.name() + "[-1]"));
            }
            checkHistory(input, dataset, inputPath);
        }
    }

    private void checkHistory(InputReference input, Dataset dataset, String path) {
        if (input.firstOffset() == 0) {
            return;
        }
        if (definition.schedule().isEmpty()) {
            add(Rule.PARTITIONS, path, input + " names earlier intervals, but the DAG has no schedule");
        } else if (!dataset.isPartitionedByInterval()) {
            add(
                    Rule.PARTITIONS,
                    path,
                    input + " names earlier intervals, but the uri of " + dataset.name()
                            + " is the same for all of them");
        }
    }

    private void checkOutputs(Step step, String path) {
        for (int position = 0; position < step.outputs().size(); position++) {
            DatasetName name = step.outputs().get(position);
            String outputPath = step.kind() == StepKind.SENSOR ? path + ".partition" : path + ".outputs." + position;
            Dataset dataset = index.datasets().get(name);
            if (dataset == null) {
                unknown(outputPath, "dataset", name.value(), index.datasets().keySet());
                continue;
            }
            StepId other = writers.putIfAbsent(name, step.id());
            if (other != null) {
                add(
                        Rule.NAMES,
                        outputPath,
                        "dataset " + name + " is already written by step " + other + "; a dataset has one producer");
            }
            DataClassRules.problem(step, dataset, index)
                    .ifPresent(message -> add(Rule.DATA_CLASSES, outputPath, message));
        }
    }

    private void checkOutputReferences(Step step, String path) {
        StepTemplates.of(step)
                .forEach((field, template) -> template.names().stream()
                        .map(OutputReference::of)
                        .flatMap(Optional::stream)
                        .forEach(output -> checkOutputReference(step, output, path + "." + field + ".outputs")));
    }

    private void checkOutputReference(Step step, OutputReference output, String path) {
        Optional<Step> reporter = index.step(output.step());
        if (reporter.isEmpty()) {
            unknown(path, "step", output.step().value(), index.steps().keySet());
        } else if (output.step().equals(step.id())) {
            add(Rule.ORDER, path, "step " + step.id() + " reports " + output.name() + " itself, when it has ended");
        } else if (!reporter.get().kind().reportsValues()) {
            add(
                    Rule.NAMES,
                    path,
                    "step " + output.step() + " is of kind "
                            + reporter.get().kind().word() + ", which runs no program that could report '"
                            + output.name() + "'");
        } else {
            Set<String> returned = promised(reporter.get());
            if (!returned.isEmpty() && !returned.contains(output.name())) {
                problems.add(new GraphProblem(
                        Rule.NAMES,
                        path,
                        "step " + output.step() + " returns no '" + output.name() + "'",
                        nearest(output.name(), returned).map(right -> "did you mean '" + right + "'?")));
            }
        }
    }

    /** Names of the values that a step will report; empty when nobody can say. */
    private static Set<String> promised(Step reporter) {
        return reporter.work() instanceof Work.SubDag run && !run.takes().isEmpty()
                ? run.takes().keySet()
                : reporter.execution().returns().keySet();
    }

    private void checkModel(Step step, String path) {
        Optional<ModelName> named = step.work().model();
        if (named.isEmpty()) {
            return;
        }
        ModelName model = named.get();
        if (!index.models().containsKey(model)) {
            unknown(path + ".model", "model", model.value(), index.models().keySet());
        } else if (step.kind() == StepKind.PUBLISH) {
            checkPublication(step, model, path + ".model");
        }
    }

    private void checkPublication(Step step, ModelName model, String path) {
        if (!trained.contains(model)) {
            add(
                    Rule.MODELS,
                    path,
                    "step " + step.id() + " publishes " + model + ", but no train or refit step of this DAG makes it");
        }
        StepId other = publishers.putIfAbsent(model, step.id());
        if (other != null) {
            add(
                    Rule.MODELS,
                    path,
                    "model " + model + " is already published by step " + other
                            + "; a model has one publish step in a DAG");
        }
    }

    private void unknown(String path, String what, String name, Collection<?> known) {
        problems.add(new GraphProblem(
                Rule.NAMES,
                path,
                "there is no " + what + " '" + name + "'",
                nearest(name, known).map(right -> "did you mean '" + right + "'?")));
    }

    private Optional<String> nearest(String name, Collection<?> known) {
        return suggestions++ < MOST_SUGGESTIONS
                ? NearestName.of(name, known.stream().map(Object::toString).toList())
                : Optional.empty();
    }

    private void add(Rule rule, String path, String message) {
        problems.add(GraphProblem.of(rule, path, message));
    }
}
