package io.tidegate.scheduler.sample;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.DagId;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.graph.DagGraph;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small closed loop: {@code prepare -> refit -> publish}, weekly. */
public final class SampleDags {
    public static final StepId PREPARE = new StepId("prepare");
    public static final StepId REFIT = new StepId("refit");
    public static final StepId PUBLISH = new StepId("publish");
    public static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static final ModelName MODEL = new ModelName("late-arrival");

    private SampleDags() {}

    public static DagGraph withAlerts(AlertRule... alerts) {
        return graph(Optional.empty(), List.of(), List.of(alerts));
    }

    public static DagGraph withSchedule(Schedule schedule) {
        return graph(Optional.of(schedule), List.of(), List.of());
    }

    public static DagGraph withParameters(Optional<Schedule> schedule, Parameter... parameters) {
        return graph(schedule, List.of(parameters), List.of());
    }

    /** Weeks that start on Monday, from 2001-01-01 to before 2001-07-01. */
    public static Schedule weekly(Catchup catchup, Overlap overlap) {
        return new Schedule(
                new Timing.Cron("0 0 * * MON"),
                Calendar.of(ZONE, LocalDate.of(2001, 1, 1), Optional.of(LocalDate.of(2001, 7, 1))),
                catchup,
                overlap);
    }

    private static DagGraph graph(Optional<Schedule> schedule, List<Parameter> parameters, List<AlertRule> alerts) {
        Work refit = new Work.Refit(
                new Work.Training(MODEL, Optional.empty(), Duration.ofDays(2)),
                new OpenCondition(OpenCondition.Mode.ANY, List.of(new OpenCondition.NoChampion())));
        List<Step> steps = List.of(
                step(PREPARE, Set.of(), new Work.Task()),
                step(REFIT, Set.of(PREPARE), refit),
                step(PUBLISH, Set.of(REFIT), new Work.Publish(MODEL, List.of())));
        DagDefinition definition = new DagDefinition(
                new DagId("late-arrivals"),
                new DagDefinition.Description(Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
                schedule,
                parameters,
                new DagDefinition.Resources(
                        List.of(), List.of(new Model(MODEL, new Template("models"))), List.of(), List.of()),
                steps,
                alerts);
        DagGraph.Result result = DagGraph.of(definition);
        return result.graph().orElseThrow(() -> new AssertionError(result.problems()));
    }

    private static Step step(StepId id, Set<StepId> needs, Work work) {
        Execution execution = new Execution(
                new Execution.Command(List.of(new Template("true"))), new ExecutorSettings.LocalProcess(), Map.of());
        return new Step(
                id,
                StartCondition.after(needs),
                List.of(),
                List.of(),
                work,
                execution,
                Limits.DEFAULT,
                Optional.empty());
    }
}
