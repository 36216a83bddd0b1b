package io.tidegate.scheduler.alerting;

import static io.tidegate.scheduler.sample.SampleDags.PREPARE;
import static io.tidegate.scheduler.sample.SampleDags.PUBLISH;
import static io.tidegate.scheduler.sample.SampleDags.REFIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.AlertRule.Event;
import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.FailureKind;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.run.StepRun.Findings;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.sample.SampleDags;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.threshold.ThresholdReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {
    private static final Instant START = Instant.parse("2001-03-05T05:00:00Z");
    private static final DagGraph ALL_TO_ONE =
            SampleDags.withAlerts(new AlertRule(Set.of(Event.values()), List.of("ml-oncall")));

    /** What a store would do with the changes: open problems and who was told, in order. */
    private final Set<String> open = new HashSet<>();

    private final List<String> told = new ArrayList<>();

    @Test
    void aFailedStepTellsTheChannelsOfItsRulesAndTheLog() {
        RunSnapshot running = with(run(RunState.RUNNING), step(PREPARE, StepState.RUNNING, ""));
        List<Change> changes =
                changes(ALL_TO_ONE, running, with(running, step(PREPARE, StepState.FAILED, "exit code 1")));
        assertThat(changes).singleElement().isInstanceOfSatisfying(Change.AlertRaised.class, raised -> {
            assertThat(raised.alert().problem()).isEqualTo("step_failed:late-arrivals/prepare");
            assertThat(raised.alert().event()).isEqualTo(Event.STEP_FAILED);
            assertThat(raised.alert().channels()).containsExactly("ml-oncall", "log");
            assertThat(raised.alert().message())
                    .isEqualTo("late-arrivals: step prepare failed for 2001-03-05: exit code 1");
        });
    }

    @Test
    void aFailureThatNobodyAskedForStillReachesDashboardAndLog() {
        DagGraph silent = SampleDags.withAlerts();
        fail(silent);
        assertThat(open).containsExactlyInAnyOrder("step_failed:late-arrivals/prepare", "run_failed:late-arrivals");
        assertThat(told).allMatch(line -> line.startsWith("log "));
        succeed(silent);
        assertThat(open).isEmpty();
    }

    @Test
    void theSameProblemIsToldOnceAndItsEndOnce() {
        fail(ALL_TO_ONE);
        fail(ALL_TO_ONE);
        assertThat(toldTo("ml-oncall")).containsExactly("raised step_failed:late-arrivals/prepare");
        succeed(ALL_TO_ONE);
        succeed(ALL_TO_ONE);
        assertThat(toldTo("ml-oncall"))
                .containsExactly("raised step_failed:late-arrivals/prepare", "resolved run_failed:late-arrivals");
        assertThat(open).isEmpty();
    }

    @Test
    void whoAskedOnlyForRunsIsToldOfTheRun() {
        DagGraph graph = SampleDags.withAlerts(
                new AlertRule(Set.of(Event.STEP_FAILED), List.of("a")),
                new AlertRule(Set.of(Event.RUN_FAILED), List.of("a", "b")));
        fail(graph);
        assertThat(toldTo("a")).containsExactly("raised step_failed:late-arrivals/prepare");
        assertThat(toldTo("b")).containsExactly("raised run_failed:late-arrivals");
        succeed(graph);
        assertThat(toldTo("b")).as("did not ask for recovered").hasSize(1);
    }

    @Test
    void aRunThatSucceedsWithoutAStepEndsTheStepsProblem() {
        RunSnapshot before = with(run(RunState.RUNNING), step(REFIT, StepState.RUNNING, ""));
        apply(changes(ALL_TO_ONE, before, with(before, step(REFIT, StepState.FAILED, ""))));
        assertThat(open).contains("step_failed:late-arrivals/refit");
        RunSnapshot next = with(run(RunState.RUNNING), step(REFIT, StepState.SKIPPED, "stays shut"));
        apply(changes(ALL_TO_ONE, next, with(next, run(RunState.SUCCEEDED).run())));
        assertThat(open).isEmpty();
    }

    @Test
    void blockedStepsAndCancelledRunsTellNothing() {
        RunSnapshot before = run(RunState.RUNNING);
        RunSnapshot after = with(
                with(
                        with(before, step(REFIT, StepState.UPSTREAM_FAILED, "prepare failed")),
                        step(PREPARE, StepState.CANCELLED, "")),
                run(RunState.CANCELLED).run());
        assertThat(changes(ALL_TO_ONE, before, after)).isEmpty();
    }

    @Test
    void aMeasuredThresholdFiresOnceAndClosesWithThePublication() {
        fire(true, Map.of());
        fire(true, Map.of(FailureKind.PLATFORM, 1));
        assertThat(toldTo("ml-oncall"))
                .as("a retry is not a new firing")
                .containsExactly("raised refit_fired:late-arrivals/refit");
        publish(true);
        assertThat(open).isEmpty();
        fire(true, Map.of());
        fire(true, Map.of());
        assertThat(toldTo("ml-oncall").stream().filter(line -> line.startsWith("raised refit_fired")))
                .as("each firing is news")
                .hasSize(3);
        RunSnapshot before = with(run(RunState.RUNNING), step(REFIT, StepState.RESOLVING, ""));
        apply(changes(ALL_TO_ONE, before, with(before, step(REFIT, StepState.SKIPPED, ""))));
        assertThat(open).isEmpty();
    }

    @Test
    void aRefitForWantOfAChampionIsNoNews() {
        fire(false, Map.of());
        assertThat(told).isEmpty();
    }

    @Test
    void newsNobodyAskedForIsNotRaised() {
        RunSnapshot before = with(run(RunState.RUNNING), step(PUBLISH, StepState.RESOLVING, ""));
        assertThat(changes(SampleDags.withAlerts(), before, with(before, published(verdict(false)))))
                .noneMatch(Change.AlertRaised.class::isInstance);
    }

    @Test
    void eachRejectionIsNewsAndAnAcceptedPublicationEndsIt() {
        publish(false);
        publish(false);
        assertThat(toldTo("ml-oncall"))
                .containsExactly(
                        "raised publication_rejected:late-arrivals/publish",
                        "raised publication_rejected:late-arrivals/publish");
        assertThat(open).containsExactly("publication_rejected:late-arrivals/publish");
        publish(true);
        assertThat(open).isEmpty();
    }

    private void fail(DagGraph graph) {
        RunSnapshot running = with(run(RunState.RUNNING), step(PREPARE, StepState.RUNNING, ""));
        RunSnapshot failed = with(running, step(PREPARE, StepState.FAILED, "exit code 1"));
        apply(changes(graph, running, failed));
        apply(changes(graph, failed, with(failed, run(RunState.FAILED).run())));
    }

    private void succeed(DagGraph graph) {
        RunSnapshot running = with(run(RunState.RUNNING), step(PREPARE, StepState.RUNNING, ""));
        RunSnapshot done = with(running, step(PREPARE, StepState.SUCCEEDED, ""));
        apply(changes(graph, running, done));
        apply(changes(graph, done, with(done, run(RunState.SUCCEEDED).run())));
    }

    private void fire(boolean measured, Map<FailureKind, Integer> spent) {
        ThresholdReading reading = new ThresholdReading(
                true,
                "log_loss 0.6 is > 0.52: refit",
                List.of(new ThresholdReading.RuleReading(
                        "rule",
                        true,
                        "",
                        measured ? Optional.of("log_loss") : Optional.empty(),
                        Optional.empty(),
                        List.of())));
        RunSnapshot before = with(run(RunState.RUNNING), step(REFIT, StepState.RESOLVING, ""));
        StepRun running = new StepRun(
                REFIT,
                StepState.RUNNING,
                "",
                1,
                spent,
                StepRun.Timing.NONE,
                new Findings(Optional.empty(), Optional.of(reading), Optional.empty()));
        apply(changes(ALL_TO_ONE, before, with(before, running)));
    }

    private void publish(boolean accepted) {
        RunSnapshot before = with(run(RunState.RUNNING), step(PUBLISH, StepState.RESOLVING, ""));
        apply(changes(ALL_TO_ONE, before, with(before, published(verdict(accepted)))));
    }

    private void apply(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.AlertRaised raised
                    && open.add(raised.alert().problem())) {
                raised.alert()
                        .channels()
                        .forEach(channel ->
                                told.add(channel + " raised " + raised.alert().problem()));
            } else if (change instanceof Change.AlertResolved resolved && open.remove(resolved.problem())) {
                resolved.channels().forEach(channel -> told.add(channel + " resolved " + resolved.problem()));
            }
        }
    }

    private List<String> toldTo(String channel) {
        return told.stream()
                .filter(line -> line.startsWith(channel + " "))
                .map(line -> line.substring(channel.length() + 1))
                .toList();
    }

    private static GateVerdict verdict(boolean accepted) {
        return new GateVerdict(accepted, "because", 4, Optional.of(3), List.of());
    }

    private static StepRun published(GateVerdict verdict) {
        return new StepRun(
                PUBLISH,
                StepState.SUCCEEDED,
                "",
                0,
                Map.of(),
                StepRun.Timing.NONE,
                new Findings(Optional.empty(), Optional.empty(), Optional.of(verdict)));
    }

    private static StepRun step(StepId id, StepState state, String reason) {
        return new StepRun(id, state, reason, 1, Map.of(), StepRun.Timing.NONE, Findings.NONE);
    }

    private static List<Change> changes(DagGraph graph, RunSnapshot before, RunSnapshot after) {
        return AlertPolicy.changes(graph, before, after, graph.order(), START);
    }

    private static RunSnapshot with(RunSnapshot snapshot, StepRun step) {
        return snapshot.with(snapshot.run(), Map.of(step.step(), step), Map.of(), Map.of());
    }

    private static RunSnapshot with(RunSnapshot snapshot, Run run) {
        return snapshot.with(run, Map.of(), Map.of(), Map.of());
    }

    private static RunSnapshot run(RunState state) {
        Run run = new Run(
                RunId.of("01900000-0000-7000-8000-000000000000"),
                new DagVersionId(new DagId("late-arrivals"), "abc"),
                new Trigger(TriggerKind.MANUAL, "k", "me"),
                Optional.of(new DataInterval(START, START.plus(Duration.ofDays(7)), SampleDags.ZONE)),
                Map.of(),
                new Run.Progress(state, START, Optional.empty(), Optional.empty(), ""));
        return RunSnapshot.of(
                run,
                Map.of(
                        PREPARE, StepRun.waiting(PREPARE),
                        REFIT, StepRun.waiting(REFIT),
                        PUBLISH, StepRun.waiting(PUBLISH)),
                Map.of());
    }
}
