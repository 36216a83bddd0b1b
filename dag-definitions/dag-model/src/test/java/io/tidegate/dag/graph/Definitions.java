package io.tidegate.dag.graph;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.DagId;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.ParameterBounds;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import io.tidegate.dag.step.Execution;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.Limits;
import io.tidegate.dag.step.StartCondition;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds definitions for tests, step by step. */
final class Definitions {
    private Optional<Schedule> schedule = Optional.of(new Schedule(
            new Timing.Cron("0 0 * * MON"),
            Calendar.of(ZoneId.of("America/New_York"), LocalDate.of(2001, 1, 1), Optional.empty()),
            Catchup.NONE,
            Overlap.QUEUED));
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Dataset> datasets = new ArrayList<>();
    private final List<Model> models = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    static Definitions dag() {
        return new Definitions();
    }

    Definitions withoutSchedule() {
        schedule = Optional.empty();
        return this;
    }

    Definitions parameter(String name) {
        parameters.add(
                new Parameter(name, Parameter.Type.STRING, Optional.empty(), ParameterBounds.NONE, Optional.empty()));
        return this;
    }

    Definitions dataset(String name, DataClass dataClass) {
        return datasetAt(name, dataClass, "{{ home }}/" + name + "/{{ interval.start.date }}");
    }

    Definitions datasetAt(String name, DataClass dataClass, String uri) {
        datasets.add(new Dataset(new DatasetName(name), dataClass, "parquet", new Template(uri), Optional.empty()));
        return this;
    }

    Definitions model(String name) {
        models.add(new Model(new ModelName(name), new Template("{{ home }}/models/" + name)));
        return this;
    }

    /** A step; references as authors write them: {@code features}, or {@code features[-1]} as {@code features@-1..-1}. */
    Definitions step(String id, Work work, List<String> needs, List<String> inputs, List<String> outputs) {
        Set<StepId> ids = new LinkedHashSet<>();
        needs.forEach(need -> ids.add(new StepId(need)));
        steps.add(new Step(
                new StepId(id),
                StartCondition.after(ids),
                inputs.stream().map(Definitions::reference).toList(),
                outputs.stream().map(DatasetName::new).toList(),
                work,
                new Execution(
                        new Execution.Command(List.of(new Template("true"))),
                        new ExecutorSettings.LocalProcess(),
                        Map.of()),
                Limits.DEFAULT,
                Optional.empty()));
        return this;
    }

    Definitions task(String id, String... needs) {
        return step(id, new Work.Task(), List.of(needs), List.of(), List.of());
    }

    static Work train(String model) {
        return new Work.Train(training(model));
    }

    static Work refit(String model) {
        return new Work.Refit(
                training(model), new OpenCondition(OpenCondition.Mode.ANY, List.of(new OpenCondition.NoChampion())));
    }

    static Work publish(String model) {
        return new Work.Publish(new ModelName(model), List.of());
    }

    static Work evaluate(String model) {
        return new Work.Evaluate(new ModelName(model), List.of("log_loss"));
    }

    private static Work.Training training(String model) {
        return new Work.Training(new ModelName(model), Optional.empty(), Duration.ZERO);
    }

    private static InputReference reference(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return InputReference.current(new DatasetName(text));
        }
        String[] offsets = text.substring(at + 1).split("\\.\\.");
        return new InputReference(
                new DatasetName(text.substring(0, at)), Integer.parseInt(offsets[0]), Integer.parseInt(offsets[1]));
    }

    DagDefinition definition() {
        return new DagDefinition(
                new DagId("flights"),
                new DagDefinition.Description(Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
                schedule,
                parameters,
                new DagDefinition.Resources(datasets, models, List.of(), List.of()),
                steps,
                List.of());
    }

    DagGraph graph() {
        DagGraph.Result result = DagGraph.of(definition());
        return result.graph().orElseThrow(() -> new AssertionError("not sound: " + result.problems()));
    }

    List<GraphProblem> problems() {
        DagGraph.Result result = DagGraph.of(definition());
        if (result.graph().isPresent() != result.problems().isEmpty()) {
            throw new AssertionError("a result has either a graph or problems: " + result);
        }
        return result.problems();
    }
}
