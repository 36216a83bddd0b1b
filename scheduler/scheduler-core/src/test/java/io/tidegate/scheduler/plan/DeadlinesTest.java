package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.AlertRule.Event;
import io.tidegate.dag.RunLimits;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.Deadline;
import io.tidegate.dag.step.Deadline.From;
import io.tidegate.dag.step.Deadline.Then;
import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.resolve.Item;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens when a run or a step has not ended by its deadline. */
final class DeadlinesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Optional<StepId> A = Optional.of(new StepId("a"));
    private static final Optional<StepId> RUN = Optional.empty();

    private static DagGraph step(Then then) {
        return new DagBuilder("flights")
                .deadline(new Deadline(HOUR, From.RUN_START, then))
                .task("a")
                .build(new AlertRule(Set.of(Event.DEADLINE_MISSED), List.of("ml-oncall")));
    }

    private static DagGraph run(Duration after, From from, Then then) {
        return new DagBuilder("flights")
                .weekly()
                .runLimits(new RunLimits(OptionalInt.empty(), Optional.of(new Deadline(after, from, then))))
                .task("a")
                .task("b", "a")
                .build();
    }

    @Test
    void aStepThatIsLateIsToldOfAndGoesOn() {
        PlannedRun run = PlannedRun.started(step(Then.ALERT)).work("a");
        assertThat(wake(run, A)).isEqualTo(PlannedRun.START.plus(HOUR));
        run.later(HOUR).happen(new PlannerEvent.TimerFired(Timer.deadline(A)));

        assertThat(run.state("a")).isEqualTo(StepState.RUNNING);
        assertThat(run.changes(Change.AlertRaised.class))
                .extracting(Change.AlertRaised::alert)
                .singleElement()
                .returns(Event.DEADLINE_MISSED, Alert::event)
                .returns("deadline_missed:flights/a", Alert::problem)
                .returns(List.of("ml-oncall", "log"), Alert::channels)
                .returns(
                        "flights: step a in run " + run.snapshot().run().id()
                                + " has not ended by its deadline 1h after the run's start, 2026-01-05T07:00:00Z",
                        Alert::message);
        assertThat(run.history()).contains("deadline_missed");
        run.succeed("a");
        assertThat(run.changes(Change.AlertResolved.class))
                .extracting(Change.AlertResolved::problem)
                .contains("deadline_missed:flights/a");
    }

    @Test
    void aStepThatIsLateCanBeCancelledWhateverItIsDoing() {
        PlannedRun working = PlannedRun.started(step(Then.CANCEL)).work("a").later(HOUR);
        working.happen(new PlannerEvent.TimerFired(Timer.deadline(A)));
        assertThat(working.state("a")).isEqualTo(StepState.CANCELLING);
        working.fail("a");
        assertThat(working.state("a")).isEqualTo(StepState.CANCELLED);
        assertThat(working.step("a").reason())
                .isEqualTo("not ended by its deadline 1h after the run's start, 2026-01-05T07:00:00Z");
        assertThat(working.state()).isEqualTo(RunState.FAILED);

        PlannedRun resolving = PlannedRun.started(step(Then.CANCEL)).later(HOUR);
        resolving.happen(new PlannerEvent.TimerFired(Timer.deadline(A)));
        assertThat(resolving.state("a")).isEqualTo(StepState.CANCELLED);
    }

    @Test
    void itemsOfAStepThatIsLateAreCancelledWithIt() {
        DagGraph graph = new DagBuilder("flights")
                .deadline(new Deadline(HOUR, From.RUN_START, Then.CANCEL))
                .foreach(new Foreach(
                        Map.of("x", new Foreach.Literal(List.of("1", "2"))),
                        10,
                        OptionalInt.of(1),
                        Foreach.OnFailure.KEEP_GOING))
                .task("a")
                .build();
        PlannedRun run = PlannedRun.started(graph)
                .resolve("a", new Resolution.Expand(List.of(item("1", 0), item("2", 1))))
                .work("a.1")
                .later(HOUR)
                .happen(new PlannerEvent.TimerFired(Timer.deadline(A)));
        assertThat(run.state("a.2")).isEqualTo(StepState.CANCELLED);
        run.fail("a.1");
        assertThat(run.state("a")).isEqualTo(StepState.CANCELLED);
        assertThat(run.step("a").reason()).startsWith("not ended by its deadline");
    }

    private static Item item(String key, int index) {
        return new Item(key, Map.of("item.x", key, StepRun.ITEM_INDEX, Integer.toString(index)));
    }

    @Test
    void whatEndedInTimeIsNotToldOf() {
        PlannedRun run = PlannedRun.started(step(Then.CANCEL)).run("a").later(HOUR);
        int before = run.changes(Change.class).size();
        run.happen(new PlannerEvent.TimerFired(Timer.deadline(A)));
        assertThat(run.changes(Change.class)).hasSize(before);
    }

    @Test
    void aTimerThatComesTooEarlyIsSetAgain() {
        PlannedRun run = PlannedRun.started(step(Then.CANCEL)).work("a").later(HOUR.minusSeconds(1));
        run.happen(new PlannerEvent.TimerFired(Timer.deadline(A)));
        assertThat(run.state("a")).isEqualTo(StepState.RUNNING);
        assertThat(run.changes(Change.AlertRaised.class)).isEmpty();
        assertThat(run.last().effects())
                .containsExactly(new Effect.WakeAt(run.now().plusSeconds(1), Timer.deadline(A)));
    }

    @Test
    void aRunThatIsLateIsCancelledWhole() {
        PlannedRun run = PlannedRun.started(run(HOUR, From.RUN_START, Then.CANCEL))
                .work("a")
                .later(HOUR);
        run.happen(new PlannerEvent.TimerFired(Timer.deadline(RUN)));
        assertThat(run.state()).isEqualTo(RunState.CANCELLING);
        assertThat(run.state("b")).isEqualTo(StepState.CANCELLED);
        run.fail("a");
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.snapshot().run().progress().reason()).startsWith("not ended by its deadline 1h");
        assertThat(run.changes(Change.AlertResolved.class))
                .extracting(Change.AlertResolved::problem)
                .contains("deadline_missed:flights");
    }

    @Test
    void aDeadlineFromTheIntervalsEndCountsForRunsOfTheScheduleOnly() {
        DagGraph graph = run(Duration.ofHours(6), From.INTERVAL_END, Then.ALERT);
        Instant end = PlannedRun.START.minus(HOUR);
        DataInterval interval = new DataInterval(end.minus(Duration.ofDays(7)), end, ZoneOffset.UTC);

        PlannedRun scheduled = PlannedRun.scheduled(graph, interval);
        assertThat(wake(scheduled, RUN)).isEqualTo(end.plus(Duration.ofHours(6)));
        assertThat(PlannedRun.started(graph).effects(Effect.WakeAt.class)).isEmpty();
    }

    @Test
    void whatBeganAfterItsDeadlineIsToldOfAndGoesOn() {
        DagGraph graph = run(HOUR, From.INTERVAL_END, Then.CANCEL);
        Instant end = PlannedRun.START.minus(Duration.ofDays(30));
        PlannedRun late = PlannedRun.scheduled(graph, new DataInterval(end.minus(HOUR), end, ZoneOffset.UTC));
        late.happen(new PlannerEvent.TimerFired(Timer.deadline(RUN)));

        assertThat(late.state()).isEqualTo(RunState.RUNNING);
        assertThat(late.changes(Change.AlertRaised.class)).hasSize(1);
    }

    @Test
    void aRerunHasItsDeadlineFromItsOwnStart() {
        PlannedRun run = PlannedRun.started(run(HOUR, From.RUN_START, Then.CANCEL))
                .work("a")
                .fail("a");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        run.later(Duration.ofHours(5)).rerunFailed().adopt();
        assertThat(wake(run, RUN)).isEqualTo(PlannedRun.START.plus(Duration.ofHours(6)));
        run.happen(new PlannerEvent.TimerFired(Timer.deadline(RUN)));
        assertThat(run.state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void theNextOwnerOfARunIsWokenForItsDeadlines() {
        PlannedRun run = PlannedRun.started(step(Then.ALERT))
                .work("a")
                .later(Duration.ofMinutes(30))
                .adopt();
        assertThat(wake(run, A)).isEqualTo(PlannedRun.START.plus(HOUR));
    }

    private static Instant wake(PlannedRun run, Optional<StepId> step) {
        return run.effects(Effect.WakeAt.class).stream()
                .filter(wake -> wake.timer().equals(Timer.deadline(step)))
                .reduce((first, second) -> second)
                .orElseThrow()
                .at();
    }
}
