package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.step.StepId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked of every DAG all the time: by its schedule, by whoever makes a run, by lists of DAGs. Small, so that a server can keep it for each of ten
 * thousand DAGs, where graphs would need a hundred megabytes.
 *
 * @param heading how lists show the DAG
 * @param order its steps, each after those it needs
 */
public record DagOutline(Heading heading, Optional<Schedule> schedule, List<Parameter> parameters, List<StepId> order) {
    /** How lists show a DAG. */
    public record Heading(Optional<String> title, Optional<String> owner, List<String> tags) {
        public Heading {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(owner, "owner");
            tags = List.copyOf(tags);
        }
    }

    public DagOutline {
        Objects.requireNonNull(heading, "heading");
        Objects.requireNonNull(schedule, "schedule");
        parameters = List.copyOf(parameters);
        order = List.copyOf(order);
    }

    public static DagOutline of(DagGraph graph) {
        DagDefinition definition = graph.definition();
        DagDefinition.Description description = definition.description();
        return new DagOutline(
                new Heading(description.title(), description.owner(), description.tags()),
                definition.schedule(),
                definition.parameters(),
                graph.order());
    }
}
