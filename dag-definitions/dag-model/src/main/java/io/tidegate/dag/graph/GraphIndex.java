package io.tidegate.dag.graph;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import io.tidegate.dag.step.StepTemplates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names to things in the author's order, and the edges that follow. Unknown names have no entry and give no edge. */
record GraphIndex(
        Map<StepId, Step> steps,
        Map<DatasetName, Dataset> datasets,
        Map<ModelName, Model> models,
        Map<DatasetName, StepId> producers,
        List<Edge> edges,
        Map<StepId, List<Edge>> upstream,
        Map<StepId, List<Edge>> downstream) {

    static GraphIndex of(DagDefinition definition) {
        Map<StepId, Step> steps = new LinkedHashMap<>();
        definition.steps().forEach(step -> steps.putIfAbsent(step.id(), step));
        Map<DatasetName, Dataset> datasets = new LinkedHashMap<>();
        definition.resources().datasets().forEach(dataset -> datasets.putIfAbsent(dataset.name(), dataset));
        Map<ModelName, Model> models = new LinkedHashMap<>();
        definition.resources().models().forEach(model -> models.putIfAbsent(model.name(), model));
        Map<DatasetName, StepId> producers = new LinkedHashMap<>();
        steps.values().forEach(step -> step.outputs().forEach(output -> producers.putIfAbsent(output, step.id())));
        List<Edge> edges = edges(steps, producers);
        return new GraphIndex(
                Collections.unmodifiableMap(steps),
                Collections.unmodifiableMap(datasets),
                Collections.unmodifiableMap(models),
                Collections.unmodifiableMap(producers),
                edges,
                upstream(edges),
                downstream(edges));
    }

    /** Edges that end in a step stand side by side, so that its part of them all is enough. */
    private static Map<StepId, List<Edge>> upstream(List<Edge> edges) {
        Map<StepId, List<Edge>> upstream = new HashMap<>();
        int first = 0;
        for (int next = 1; next <= edges.size(); next++) {
            StepId to = edges.get(first).to();
            if (next == edges.size() || !edges.get(next).to().equals(to)) {
                upstream.put(to, edges.subList(first, next));
                first = next;
            }
        }
        return Collections.unmodifiableMap(upstream);
    }

    private static Map<StepId, List<Edge>> downstream(List<Edge> edges) {
        Map<StepId, List<Edge>> downstream = new HashMap<>();
        edges.forEach(edge -> downstream
                .computeIfAbsent(edge.from(), step -> new ArrayList<>())
                .add(edge));
        downstream.replaceAll((step, found) -> List.copyOf(found));
        return Collections.unmodifiableMap(downstream);
    }

    Optional<Step> step(StepId id) {
        return Optional.ofNullable(steps.get(id));
    }

    /** Which steps make a version of which model. */
    static Map<ModelName, List<StepId>> trainers(Iterable<Step> steps) {
        Map<ModelName, List<StepId>> trainers = new LinkedHashMap<>();
        for (Step step : steps) {
            if (step.kind().producesModel()) {
                step.work()
                        .model()
                        .ifPresent(model -> trainers.computeIfAbsent(model, key -> new ArrayList<>())
                                .add(step.id()));
            }
        }
        return trainers;
    }

    private static List<Edge> edges(Map<StepId, Step> steps, Map<DatasetName, StepId> producers) {
        Map<ModelName, List<StepId>> trainers = trainers(steps.values());
        Set<ModelName> published = new HashSet<>();
        List<Edge> edges = new ArrayList<>();
        for (Step step : steps.values()) {
            // A step that names itself is a problem of its own, not a circle.
            Set<StepId> known = new HashSet<>(Set.of(step.id()));
            for (InputReference input : step.inputs()) {
                StepId producer = producers.get(input.dataset());
                if (producer != null && input.includesCurrent() && known.add(producer)) {
                    edges.add(new Edge(
                            producer,
                            step.id(),
                            Edge.Reason.DATA,
                            input.dataset().value()));
                }
            }
            for (OutputReference output : StepTemplates.outputs(step)) {
                if (steps.containsKey(output.step()) && known.add(output.step())) {
                    edges.add(new Edge(output.step(), step.id(), Edge.Reason.DATA, output.name()));
                }
            }
            if (step.kind() == StepKind.PUBLISH) {
                // A model has one publisher; a second one is a problem and would square the number of edges.
                step.work()
                        .model()
                        .filter(published::add)
                        .ifPresent(model -> trainers.getOrDefault(model, List.of()).stream()
                                .filter(known::add)
                                .forEach(trainer ->
                                        edges.add(new Edge(trainer, step.id(), Edge.Reason.MODEL, model.value()))));
            }
            addNeeds(step, steps, known, edges);
        }
        return List.copyOf(edges);
    }

    /** What several steps need is known to all edges by the one object, whose hash is computed once. */
    private static void addNeeds(Step step, Map<StepId, Step> steps, Set<StepId> known, List<Edge> edges) {
        for (StepId need : step.needs()) {
            Step other = steps.get(need);
            if (other != null && !known.contains(other.id())) {
                edges.add(new Edge(other.id(), step.id(), Edge.Reason.ORDER, ""));
            }
        }
    }
}
