package io.tidegate.scheduler.plan;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.CommandStore.Command;
import io.tidegate.scheduler.store.CommandStore.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A run in the hands of a test, which says what happens and looks at what the planner makes of it. Time stands until it is moved. */
final class PlannedRun {
    static final Instant START = Instant.parse("2026-01-05T06:00:00Z");
    static final ResolvedWork NO_WORK = new ResolvedWork(List.of(), List.of(), Optional.empty(), Optional.empty());

    /** One move of a run, a step or an attempt, by the words of its states. */
    record Move(String subject, String from, String to) {}

    private DagGraph graph;
    private final RunPlanner planner;
    private final Set<Move> moves = new LinkedHashSet<>();
    private final Map<String, String> known = new HashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private RunSnapshot snapshot;
    private Plan last = null;
    private Instant now = START;
    private long commands;

    private PlannedRun(DagGraph graph, RunPlanner planner) {
        this.graph = graph;
        this.planner = planner;
        Map<StepId, StepRun> steps = new LinkedHashMap<>();
        graph.order().forEach(step -> steps.put(step, StepRun.waiting(step)));
        Run run = new Run(
                new RunId(UUID.fromString("01970000-0000-7000-8000-0123456789ab")),
                new DagVersionId(graph.definition().id(), "0f".repeat(32)),
                new Trigger(TriggerKind.MANUAL, "test", "ada"),
                Optional.empty(),
                Map.of(),
                new Run.Progress(RunState.QUEUED, now, Optional.empty(), Optional.empty(), ""));
        this.snapshot = RunSnapshot.of(run, steps, Map.of());
    }

    /** A queued run of which nothing is known without looking it up. */
    static PlannedRun queued(DagGraph graph) {
        return new PlannedRun(graph, new RunPlanner((of, run, step) -> Optional.empty()));
    }

    /** A run that has been claimed. */
    static PlannedRun started(DagGraph graph) {
        return queued(graph).happen(new PlannerEvent.Adopted());
    }

    /** A run that the schedule made for an interval, and that has been claimed. */
    static PlannedRun scheduled(DagGraph graph, DataInterval interval) {
        PlannedRun planned = queued(graph);
        Run run = planned.snapshot.run();
        Run scheduled = new Run(
                run.id(),
                run.version(),
                new Trigger(TriggerKind.SCHEDULE, "test", "schedule"),
                Optional.of(interval),
                run.parameters(),
                run.progress());
        planned.snapshot = planned.snapshot.with(scheduled, Map.of(), Map.of(), Map.of());
        return planned.happen(new PlannerEvent.Adopted());
    }

    /** A run that has been claimed, of which every step can be launched without looking anything up. */
    static PlannedRun startedWithoutReads(DagGraph graph) {
        RunPlanner planner = new RunPlanner((of, run, step) -> Optional.of(new Resolution.Launch(NO_WORK)));
        return new PlannedRun(graph, planner).happen(new PlannerEvent.Adopted());
    }

    /** A run that has been claimed, of which some steps can be decided without looking anything up. */
    static PlannedRun started(DagGraph graph, RunPlanner.KnownResolutions known) {
        return new PlannedRun(graph, new RunPlanner(known)).happen(new PlannerEvent.Adopted());
    }

    // What happens.

    PlannedRun happen(PlannerEvent... events) {
        last = planner.plan(graph, snapshot, List.of(events), now);
        last.changes().forEach(this::note);
        changes.addAll(last.changes());
        effects.addAll(last.effects());
        snapshot = last.next();
        return this;
    }

    PlannedRun later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    PlannedRun resolve(String step) {
        return resolve(step, new Resolution.Launch(NO_WORK));
    }

    PlannedRun resolve(String step, Resolution resolution) {
        return happen(new PlannerEvent.StepResolved(new StepId(step), resolution));
    }

    PlannedRun skip(String step) {
        return resolve(step, new Resolution.Skip("nothing to do", Optional.empty()));
    }

    PlannedRun publish(String step, boolean accepted) {
        return resolve(step, new Resolution.Publish(new GateVerdict(accepted, "judged", 2, Optional.of(1), List.of())));
    }

    PlannedRun accept(String step) {
        return happen(new PlannerEvent.LaunchAccepted(new StepId(step), number(step), job(step)));
    }

    PlannedRun describe(String step, Map<String, String> details) {
        return happen(new PlannerEvent.JobDescribed(new StepId(step), number(step), details));
    }

    PlannedRun want(String step) {
        return happen(new PlannerEvent.LookWanted(new StepId(step), number(step)));
    }

    PlannedRun reject(String step, FailureKind kind) {
        return happen(new PlannerEvent.LaunchRejected(new StepId(step), number(step), kind, "no room"));
    }

    PlannedRun loseAnswer(String step) {
        return happen(new PlannerEvent.AnswerLost(new StepId(step), number(step), "connection reset"));
    }

    PlannedRun find(String step) {
        return happen(new PlannerEvent.JobFound(new StepId(step), number(step), job(step)));
    }

    PlannedRun findNothing(String step) {
        return happen(new PlannerEvent.JobNotFound(new StepId(step), number(step)));
    }

    PlannedRun succeed(String step) {
        return end(step, Observation.Ended.succeeded());
    }

    PlannedRun fail(String step) {
        return end(step, Observation.Ended.failed(FailureKind.USER, 3, "exit code 3"));
    }

    PlannedRun end(String step, Observation.Ended ended) {
        return happen(new PlannerEvent.JobEnded(new StepId(step), number(step), ended, PlannerEvent.Findings.NONE));
    }

    /** The executor takes the step's job, and it ends: one event after the other in one call of the planner. */
    PlannedRun acceptAndEnd(String step, Observation.Ended ended) {
        StepId id = new StepId(step);
        return happen(
                new PlannerEvent.LaunchAccepted(id, number(step), job(step)),
                new PlannerEvent.JobEnded(id, number(step), ended, PlannerEvent.Findings.NONE));
    }

    /** The step is ready, is launched and succeeds. */
    PlannedRun run(String step) {
        return work(step).succeed(step);
    }

    /** The step is ready and its job is working. */
    PlannedRun work(String step) {
        return resolve(step).accept(step);
    }

    PlannedRun fire(Timer.Kind kind, String step) {
        return happen(new PlannerEvent.TimerFired(Timer.of(kind, new StepId(step), number(step))));
    }

    PlannedRun cancel() {
        return command(CommandStore.Type.CANCEL, Target.RUN);
    }

    PlannedRun rerunFailed() {
        return command(CommandStore.Type.RERUN_FAILED, Target.RUN);
    }

    PlannedRun rerunFrom(String step) {
        return command(CommandStore.Type.RERUN_FROM, Target.step(new StepId(step)));
    }

    PlannedRun rerunAll() {
        return command(CommandStore.Type.RERUN_ALL, Target.RUN);
    }

    PlannedRun rerunOnly(String... steps) {
        return command(
                CommandStore.Type.RERUN_ONLY,
                new Target(Stream.of(steps).map(StepId::new).toList(), Optional.empty()));
    }

    PlannedRun markSucceeded(String step) {
        return command(CommandStore.Type.MARK_SUCCEEDED, Target.step(new StepId(step)));
    }

    PlannedRun markFailed(String step) {
        return command(CommandStore.Type.MARK_FAILED, Target.step(new StepId(step)));
    }

    PlannedRun command(CommandStore.Type type, Target target) {
        return command(type, target, Optional.empty());
    }

    /** @param version the graph of the version that the target names */
    PlannedRun command(CommandStore.Type type, Target target, Optional<DagGraph> version) {
        commands++;
        happen(new PlannerEvent.CommandGiven(
                new Command(commands, snapshot.run().id(), type, target, "ada", "because"), version));
        if (version.isPresent() && last.effects().contains(new Effect.ReleaseRun())) {
            graph = version.get();
        }
        return this;
    }

    /** As after a restart: what was to be done is forgotten, and the run is claimed anew. */
    PlannedRun adopt() {
        effects.clear();
        return happen(new PlannerEvent.Adopted());
    }

    // What comes of it.

    RunSnapshot snapshot() {
        return snapshot;
    }

    RunState state() {
        return snapshot.run().state();
    }

    StepState state(String step) {
        return step(step).state();
    }

    StepRun step(String step) {
        return snapshot.step(new StepId(step));
    }

    Attempt attempt(String step) {
        return Optional.ofNullable(snapshot.attempts().get(new StepId(step)))
                .orElseThrow(() -> new AssertionError("step " + step + " has no attempt"));
    }

    AttemptState attemptState(String step) {
        return attempt(step).state();
    }

    Instant now() {
        return now;
    }

    Plan last() {
        return last;
    }

    /** Every effect since the last restart, in order. */
    List<Effect> effects() {
        return List.copyOf(effects);
    }

    <T extends Effect> List<T> effects(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends Change> List<T> changes(Class<T> type) {
        return changes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Types of the lines of history, in order. */
    List<String> history() {
        return changes(Change.EventAppended.class).stream()
                .map(Change.EventAppended::type)
                .toList();
    }

    Set<Move> moves() {
        return Set.copyOf(moves);
    }

    private int number(String step) {
        return attempt(step).number();
    }

    private ExternalJob job(String step) {
        return new ExternalJob(attempt(step).key(), "job-" + number(step), Map.of());
    }

    /** Reads moves off the history, which has a line for each. */
    private void note(Change change) {
        if (change instanceof Change.EventAppended line) {
            note("run", "run", line, word(RunState.QUEUED));
            note("step", "step " + line.step(), line, word(StepState.WAITING));
            note("attempt", "attempt " + line.step() + line.attempt(), line, "");
        }
    }

    private void note(String subject, String which, Change.EventAppended line, String first) {
        if (line.type().startsWith(subject + "_")) {
            String to = line.type().substring(subject.length() + 1);
            String from = known.getOrDefault(which, first);
            if (!from.isEmpty()) {
                moves.add(new Move(subject, from, to));
            }
            known.put(which, to);
        }
    }

    static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
