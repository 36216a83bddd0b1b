package io.tidegate.dag;

import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.step.Step;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A DAG as declared, in long form: every default applied, every short form spelled out. Not yet known to be sound; see
 * {@link io.tidegate.dag.graph.DagGraph}.
 */
public record DagDefinition(
        DagId id,
        Description description,
        Optional<Schedule> schedule,
        List<Parameter> parameters,
        Resources resources,
        List<Step> steps,
        List<AlertRule> alerts,
        RunLimits limits) {

    /** What people read about a DAG. */
    public record Description(
            Optional<String> title, Optional<String> owner, List<String> tags, Optional<String> text) {
        public Description {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(owner, "owner");
            tags = List.copyOf(tags);
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * @param libraries jars that built-in steps find the author's classes in, relative to the DAG's folder
     * @param secrets where values are kept that steps need and nobody may see
     */
    public record Resources(List<Dataset> datasets, List<Model> models, List<String> libraries, List<Secret> secrets) {
        public Resources {
            datasets = List.copyOf(datasets);
            models = List.copyOf(models);
            libraries = List.copyOf(libraries);
            secrets = List.copyOf(secrets);
        }
    }

    public DagDefinition {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(schedule, "schedule");
        parameters = List.copyOf(parameters);
        Objects.requireNonNull(resources, "resources");
        steps = List.copyOf(steps);
        alerts = List.copyOf(alerts);
        Objects.requireNonNull(limits, "limits");
    }

    /** A DAG whose runs have no limits as a whole. */
    public DagDefinition(
            DagId id,
            Description description,
            Optional<Schedule> schedule,
            List<Parameter> parameters,
            Resources resources,
            List<Step> steps,
            List<AlertRule> alerts) {
        this(id, description, schedule, parameters, resources, steps, alerts, RunLimits.NONE);
    }
}
