package io.tidegate.scheduler.sample;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.DagId;
import io.tidegate.dag.RunLimits;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.step.Condition;
import io.tidegate.dag.step.Deadline;
import io.tidegate.dag.step.Execution;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.Limits;
import io.tidegate.dag.step.OutputType;
import io.tidegate.dag.step.Places;
import io.tidegate.dag.step.Retries;
import io.tidegate.dag.step.RunWhen;
import io.tidegate.dag.step.StartCondition;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.TriggerRule;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts small DAGs together. */
public final class DagBuilder {
    public static final Retries NO_RETRIES = new Retries(0, 0, 0, 0, Duration.ofSeconds(10), Duration.ofMinutes(2));
    public static final ModelName MODEL = new ModelName("late-arrival");

    private final String name;
    private final List<Dataset> datasets = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private Optional<Schedule> schedule = Optional.empty();
    private Limits limits = new Limits(Duration.ofMinutes(20), NO_RETRIES);
    private RunWhen runWhen = TriggerRule.USUAL;
    private Optional<Condition> when = Optional.empty();
    private Map<String, OutputType> returns = Map.of();
    private List<Template> command = List.of(new Template("true"));
    private Optional<Foreach> foreach = Optional.empty();
    private RunLimits runLimits = RunLimits.NONE;
    private boolean model;

    public DagBuilder(String name) {
        this.name = name;
    }

    private boolean dependsOnPast;

    /** Weeks of the first half of 2001. */
    public DagBuilder weekly() {
        schedule = Optional.of(SampleDags.weekly(Catchup.NONE, Overlap.QUEUED));
        return this;
    }

    /** Limits of the steps that are added from now on. */
    public DagBuilder limits(Duration timeout, Retries retries) {
        limits = new Limits(timeout, retries);
        return this;
    }

    public DagBuilder retries(Retries retries) {
        return limits(limits.timeout(), retries);
    }

    /** What attempts of the steps that are added from now on must have before they are launched. */
    public DagBuilder places(Places places) {
        limits = limits.with(places);
        return this;
    }

    /** By when the steps that are added from now on must have ended. */
    public DagBuilder deadline(Deadline deadline) {
        limits = new Limits(
                limits.timeout(), limits.startTimeout(), limits.retries(), Optional.of(deadline), limits.places());
        return this;
    }

    /** How long jobs of the steps that are added from now on may wait until their programs run. */
    public DagBuilder startTimeout(Duration wait) {
        limits = new Limits(limits.timeout(), Optional.of(wait), limits.retries(), limits.deadline(), limits.places());
        return this;
    }

    /** What holds for runs as a whole. */
    public DagBuilder runLimits(RunLimits whole) {
        runLimits = whole;
        return this;
    }

    /** When the steps run that are added from now on. */
    public DagBuilder runWhen(RunWhen rule) {
        runWhen = rule;
        return this;
    }

    /** What must hold for the steps that are added from now on to run. */
    public DagBuilder when(String condition) {
        when = Optional.of(new Condition(condition));
        return this;
    }

    /** The steps that are added from now on wait for the interval before. */
    public DagBuilder dependsOnPast() {
        dependsOnPast = true;
        return this;
    }

    /** What the steps that are added from now on must report. */
    public DagBuilder returns(Map<String, OutputType> values) {
        returns = values;
        return this;
    }

    /** What the steps that are added from now on run for. */
    public DagBuilder foreach(Foreach items) {
        foreach = Optional.of(items);
        return this;
    }

    /** The steps that are added from now on run once. */
    public DagBuilder once() {
        foreach = Optional.empty();
        return this;
    }

    /** What the steps that are added from now on start. */
    public DagBuilder command(String... arguments) {
        command = Arrays.stream(arguments).map(Template::new).toList();
        return this;
    }

    /** A dataset with a partition for each interval. */
    public DagBuilder dataset(String dataset, DataClass dataClass) {
        return dataset(dataset, dataClass, "{{ home }}/" + dataset + "/{{ interval.start.date }}");
    }

    public DagBuilder dataset(String dataset, DataClass dataClass, String uri) {
        datasets.add(new Dataset(new DatasetName(dataset), dataClass, "parquet", new Template(uri), Optional.empty()));
        return this;
    }

    /** A step that needs others and touches no data. */
    public DagBuilder task(String id, String... needs) {
        return step(id, new Work.Task(), List.of(), List.of(), needs);
    }

    /** A refit that opens while there is no champion. */
    public DagBuilder refit(String id, String... needs) {
        OpenCondition open = new OpenCondition(OpenCondition.Mode.ANY, List.of(new OpenCondition.NoChampion()));
        return step(id, new Work.Refit(training(), open), List.of(), List.of(), needs);
    }

    public DagBuilder train(String id, String... needs) {
        return step(id, new Work.Train(training()), List.of(), List.of(), needs);
    }

    public DagBuilder evaluate(String id, String... needs) {
        return step(id, new Work.Evaluate(MODEL, List.of("log_loss")), List.of(), List.of(), needs);
    }

    /** A publish step without gate rules. */
    public DagBuilder publish(String id, String... needs) {
        return step(id, new Work.Publish(MODEL, List.of()), List.of(), List.of(), needs);
    }

    public DagBuilder step(String id, Work work, List<InputReference> inputs, List<String> outputs, String... needs) {
        model |= work.model().isPresent();
        Set<StepId> before = new LinkedHashSet<>();
        Arrays.stream(needs).map(StepId::new).forEach(before::add);
        Execution execution =
                new Execution(new Execution.Command(command), new ExecutorSettings.LocalProcess(), Map.of(), returns);
        steps.add(new Step(
                new StepId(id),
                new StartCondition(before, runWhen, when, dependsOnPast),
                inputs,
                outputs.stream().map(DatasetName::new).toList(),
                work,
                execution,
                limits,
                foreach));
        return this;
    }

    public DagGraph build(AlertRule... alerts) {
        DagDefinition definition = new DagDefinition(
                new DagId(name),
                new DagDefinition.Description(Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
                schedule,
                List.of(),
                new DagDefinition.Resources(
                        datasets,
                        model ? List.of(new Model(MODEL, new Template("{{ home }}/models/" + MODEL))) : List.of(),
                        List.of(),
                        List.of()),
                steps,
                List.of(alerts),
                runLimits);
        DagGraph.Result result = DagGraph.of(definition);
        return result.graph()
                .orElseThrow(() -> new AssertionError(result.problems().toString()));
    }

    private static Work.Training training() {
        return new Work.Training(MODEL, Optional.empty(), Duration.ofDays(2));
    }
}
