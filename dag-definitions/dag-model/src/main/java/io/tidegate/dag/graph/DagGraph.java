package io.tidegate.dag.graph;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A sound DAG: every name resolves, there is no cycle, and the data classes hold. Immutable and safe to share between threads.
 */
public final class DagGraph {
    private final DagDefinition definition;
    private final GraphIndex index;
    private final List<StepId> order;

    private DagGraph(DagDefinition definition, GraphIndex index, List<StepId> order) {
        this.definition = definition;
        this.index = index;
        this.order = order;
    }

    /** Either a graph or everything that is wrong with the definition; exactly one of the two is there. */
    public record Result(Optional<DagGraph> graph, List<GraphProblem> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /** Checks a definition and builds its graph. Time grows with steps plus edges. */
    public static Result of(DagDefinition definition) {
        GraphIndex index = GraphIndex.of(definition);
        List<GraphProblem> problems = new ArrayList<>(new DefinitionChecks(definition, index).problems());
        TopologicalOrder order = TopologicalOrder.of(index);
        problems.addAll(order.cycles());
        if (!problems.isEmpty()) {
            return new Result(Optional.empty(), problems);
        }
        return new Result(Optional.of(new DagGraph(definition, index, order.steps())), List.of());
    }

    public DagDefinition definition() {
        return definition;
    }

    /** All steps, each after the ones it waits for; steps that are free of each other keep the author's order. */
    public List<StepId> order() {
        return order;
    }

    /**
     * The step; of an item of a step the same declaration under the item's name.
     *
     * @throws IllegalArgumentException when the DAG has no such step
     */
    public Step step(StepId id) {
        Optional<Step> found = id.isItem() ? index.step(id.declared()).map(step -> step.named(id)) : index.step(id);
        return found.orElseThrow(() -> new IllegalArgumentException("DAG " + definition.id() + " has no step " + id));
    }

    /** Whether the DAG has the step, or the step that the item is of. */
    public boolean hasStep(StepId id) {
        return index.step(id.declared()).isPresent();
    }

    /** Edges that end in the step: what it waits for. */
    public List<Edge> upstream(StepId id) {
        return index.upstream().getOrDefault(id, List.of());
    }

    /** Edges that start from the step: what waits for it. */
    public List<Edge> downstream(StepId id) {
        return index.downstream().getOrDefault(id, List.of());
    }

    /** Steps and everything that waits for them, directly or not, in the order of {@link #order}. */
    public Set<StepId> following(Collection<StepId> first) {
        Set<StepId> found = new LinkedHashSet<>();
        for (StepId step : order) {
            if (first.contains(step) || upstream(step).stream().map(Edge::from).anyMatch(found::contains)) {
                found.add(step);
            }
        }
        return found;
    }

    public List<Edge> edges() {
        return index.edges();
    }

    public Optional<Dataset> dataset(DatasetName name) {
        return Optional.ofNullable(index.datasets().get(name));
    }

    public Optional<Model> model(ModelName name) {
        return Optional.ofNullable(index.models().get(name));
    }

    /** Which step writes a dataset; a dataset without a producer comes from another DAG or from outside. */
    public Optional<StepId> producer(DatasetName name) {
        return Optional.ofNullable(index.producers().get(name));
    }

    /** All producers by dataset. */
    public Map<DatasetName, StepId> producers() {
        return index.producers();
    }
}
