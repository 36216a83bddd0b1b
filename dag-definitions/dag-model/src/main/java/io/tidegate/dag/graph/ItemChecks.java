package io.tidegate.dag.graph;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.graph.GraphProblem.Rule;
import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.dag.step.OutputType;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepKind;
import io.tidegate.dag.step.StepTemplates;
import io.tidegate.dag.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks of one step's items: that there is a list to go through, and that items are named only where there are any. */
final class ItemChecks {
    private static final String ITEM = "item.";
    private static final String PARAMETER = "params.";
    private static final String FOREACH_ITEMS = "foreach.items.";
    private static final String INDEX = "index";

    private final DagDefinition definition;
    private final GraphIndex index;
    private final Step step;
    private final Set<String> variables = new LinkedHashSet<>();
    private final List<GraphProblem> problems = new ArrayList<>();

    ItemChecks(DagDefinition definition, GraphIndex index, Step step) {
        this.definition = definition;
        this.index = index;
        this.step = step;
        step.foreach().ifPresent(foreach -> variables.addAll(foreach.items().keySet()));
    }

    List<GraphProblem> problems(String path) {
        StepTemplates.of(step).forEach((field, template) -> checkNames(path + "." + field, field, template));
        step.foreach()
                .ifPresent(foreach -> foreach.items().forEach((variable, items) -> {
                    if (items instanceof Foreach.Named named) {
                        checkList(path + "." + FOREACH_ITEMS + variable, variable, named);
                    }
                }));
        if (step.foreach().isPresent() && !step.outputs().isEmpty()) {
            problems.add(GraphProblem.of(
                    Rule.PARTITIONS,
                    path + (step.kind() == StepKind.SENSOR ? ".partition" : ".outputs"),
                    step.kind() == StepKind.SENSOR
                            ? "each item of step " + step.id() + " would wait for the same partition"
                            : "each item of step " + step.id() + " would write the same partition",
                    step.kind() == StepKind.SENSOR
                            ? "give it a path that names the item"
                            : "let items write below a folder, and a step after them say what was written"));
        }
        return problems;
    }

    private void checkNames(String path, String field, Template template) {
        // What says which items there are is checked as a list.
        if (field.startsWith(FOREACH_ITEMS)) {
            return;
        }
        Set<String> known = new LinkedHashSet<>(variables);
        if (!variables.isEmpty()) {
            known.add(INDEX);
        }
        for (String name : template.names()) {
            boolean item = name.startsWith(ITEM);
            if (item && !known.contains(name.split("\\.")[1])) {
                unknown(path + ".item", name, known);
            } else if (!item && field.equals("foreach.name")) {
                problems.add(GraphProblem.of(
                        Rule.NAMES,
                        path + "." + name.split("\\.")[0],
                        "'" + name + "' is the same for all items; their name is made of what they are",
                        "use " + ITEM + String.join(" or " + ITEM, variables)));
            }
        }
    }

    private void unknown(String path, String name, Set<String> known) {
        problems.add(new GraphProblem(
                Rule.NAMES,
                path,
                known.isEmpty()
                        ? "'" + name + "' has no value: step " + step.id() + " has no foreach"
                        : "there is no '" + name + "' here; items have " + String.join(", ", known),
                NearestName.of(name.split("\\.")[1], known).map(right -> "did you mean 'item." + right + "'?")));
    }

    private void checkList(String path, String variable, Foreach.Named named) {
        String name = named.reference();
        if (named.outer().isPresent()) {
            checkNesting(path, variable, name, named.outer().get());
            return;
        }
        Optional<String> other = OutputReference.of(name)
                .flatMap(this::declared)
                .filter(type -> type != OutputType.LIST)
                .map(OutputType::word)
                .or(() -> parameter(name)
                        .filter(type -> type != Parameter.Type.LIST && type != Parameter.Type.STRING)
                        .map(Parameter.Type::word));
        other.ifPresent(type -> problems.add(GraphProblem.of(
                Rule.NAMES,
                path,
                "foreach goes through a list, and '" + name + "' is of type " + type,
                "make it a list")));
    }

    private void checkNesting(String path, String variable, String name, String outer) {
        boolean nestedTwice = step.foreach().orElseThrow().items().get(outer) instanceof Foreach.Named named
                && named.outer().isPresent();
        if (outer.equals(variable) || !variables.contains(outer)) {
            Set<String> others = new LinkedHashSet<>(variables);
            others.remove(variable);
            problems.add(new GraphProblem(
                    Rule.NAMES,
                    path + ".item",
                    "'" + name + "' has no value here: items of " + variable
                            + " are looked for in those of another variable",
                    others.stream().findFirst().map(one -> "did you mean 'item." + one + "'?")));
        } else if (nestedTwice) {
            problems.add(GraphProblem.of(
                    Rule.NAMES,
                    path + ".item",
                    "each of the variables is looked for in the other: one has to come from elsewhere"));
        }
    }

    /** The type by declaration; of a step with items each value is a list. */
    private Optional<OutputType> declared(OutputReference output) {
        return index.step(output.step())
                .filter(reporter -> reporter.foreach().isEmpty())
                .map(reporter -> reporter.execution().returns().get(output.name()));
    }

    private Optional<Parameter.Type> parameter(String name) {
        return definition.parameters().stream()
                .filter(parameter -> name.equals(PARAMETER + parameter.name()))
                .map(Parameter::type)
                .findFirst();
    }
}
