package io.tidegate.scheduler.plan;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.alerting.AlertPolicy;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.AttemptEvent;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunEvent;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepEvent;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.state.Transitions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run while it is being planned: every move goes through a transition table and leaves a line of history. Lives as long as one call of the
 * planner; costs what changes, not what the run holds.
 */
final class Draft {
    private static final int LONGEST_DETAIL = 1000;

    private final DagGraph graph;
    private final RunSnapshot before;
    private Instant now;
    private Run run;
    private final Map<StepId, StepRun> steps = new LinkedHashMap<>();
    private final Map<StepId, Attempt> newest = new HashMap<>();
    private final Map<LaunchKey, Attempt> attempts = new LinkedHashMap<>();
    private final List<Change> further = new ArrayList<>();
    private final Map<StepId, Change> lookedUp = new HashMap<>();
    // Two lines may be equal and only one of them unseen.
    private final Set<Change> unseen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Effect> effects = new ArrayList<>();
    private final List<StepRun> added = new ArrayList<>();
    // Of steps whose items are put in.
    private final Map<StepId, Set<StepId>> putItems = new HashMap<>();
    private final Map<StepId, List<StepId>> items = new HashMap<>();
    private final Deque<StepId> ended = new ArrayDeque<>();
    private boolean released;

    Draft(DagGraph graph, RunSnapshot before, Instant now) {
        this.graph = graph;
        this.before = before;
        this.now = now;
        this.run = before.run();
    }

    DagGraph graph() {
        return graph;
    }

    Instant now() {
        return now;
    }

    /** What comes is about another instant. */
    void isNow(Instant instant) {
        now = instant;
    }

    Run run() {
        return run;
    }

    StepRun step(StepId id) {
        StepRun changed = steps.get(id);
        return changed == null ? before.step(id) : changed;
    }

    /** Every step the run ever had, those of earlier versions of its DAG among them. */
    Set<StepId> knownSteps() {
        return before.steps().keySet();
    }

    boolean hasStep(StepId id) {
        return steps.containsKey(id) || before.steps().containsKey(id);
    }

    /** Adds an item to the run, or replaces what is known of it. */
    void putItem(StepRun item) {
        if (!hasStep(item.step())) {
            added.add(item);
        }
        put(item);
        StepId step = item.step().declared();
        putItems.computeIfAbsent(step, key -> new LinkedHashSet<>(before.items(key)))
                .add(item.step());
        items.remove(step);
    }

    /** Items that the step has or once had, in the order of its list. */
    List<StepId> items(StepId step) {
        Set<StepId> put = putItems.get(step);
        return put == null
                ? before.items(step)
                : items.computeIfAbsent(step, key -> RunSnapshot.inOrder(put, this::step));
    }

    /** Whether the step's items are at work, so that it has no attempt of its own. */
    boolean isExpanded(StepId id) {
        StepState state = step(id).state();
        return (state == StepState.RUNNING || state == StepState.CANCELLING)
                && !id.isItem()
                && graph.step(id).foreach().isPresent();
    }

    /** Every step, each followed by its items. */
    List<StepId> allSteps() {
        List<StepId> all = new ArrayList<>();
        for (StepId step : graph.order()) {
            all.add(step);
            if (graph.step(step).foreach().isPresent()) {
                all.addAll(items(step));
            }
        }
        return all;
    }

    /** Whether one of the steps has not ended. Looks at the last one first: it mostly ends last. */
    boolean isAnyOpen(List<StepId> inOrder) {
        for (int index = inOrder.size() - 1; index >= 0; index--) {
            if (!step(inOrder.get(index)).state().isTerminal()) {
                return true;
            }
        }
        return false;
    }

    Optional<Attempt> attempt(StepId id) {
        Attempt changed = newest.get(id);
        return Optional.ofNullable(changed == null ? before.attempts().get(id) : changed);
    }

    /** The step's newest attempt, when it has the number and is not over; otherwise the event about it is late and means nothing. */
    Optional<Attempt> going(StepId id, int number) {
        return attempt(id)
                .filter(attempt ->
                        attempt.number() == number && !attempt.state().isTerminal());
    }

    void moveRun(RunEvent event, String reason) {
        RunState next = Transitions.RUN.next(run.state(), event);
        Run.Progress was = run.progress();
        Optional<Instant> started = switch (next) {
            case QUEUED -> Optional.empty();
            case RUNNING -> Optional.of(now);
            case CANCELLING, SUCCEEDED, FAILED, CANCELLED -> was.startedAt();
        };
        Optional<Instant> finished = next.isTerminal() ? Optional.of(now) : Optional.empty();
        run = run.withProgress(new Run.Progress(next, was.createdAt(), started, finished, reason));
        history(Optional.empty(), Optional.empty(), "run_" + word(next), reason, Map.of());
    }

    StepRun moveStep(StepId id, StepEvent event, String reason) {
        StepRun was = step(id);
        StepState next = Transitions.STEP.next(was.state(), event);
        Optional<Instant> finished = next.isTerminal() ? Optional.of(now) : Optional.empty();
        StepRun moved = was.in(next, reason)
                .withTiming(new StepRun.Timing(was.timing().startedAt(), finished, Optional.empty()));
        put(event == StepEvent.RERUN ? moved.again() : moved);
        if (next.isTerminal()) {
            ended.add(id);
        }
        noteStep(id, next, reason);
        return step(id);
    }

    /** A step that is looked up and goes on in the same breath was never seen looked up, and needs no line that says so. */
    private void noteStep(StepId id, StepState state, String reason) {
        Optional.ofNullable(lookedUp.remove(id)).ifPresent(unseen::add);
        history(Optional.of(id), Optional.empty(), "step_" + word(state), reason, Map.of());
        if (state == StepState.RESOLVING && reason.isEmpty()) {
            lookedUp.put(id, further.get(further.size() - 1));
        }
    }

    /** Replaces what is known of a step, in the state it is in. */
    void put(StepRun step) {
        steps.put(step.step(), step);
    }

    /** Replaces what is known of the run, in the state it is in. */
    void put(Run next) {
        run = next;
    }

    Attempt moveAttempt(Attempt was, AttemptEvent event, Attempt.Outcome outcome) {
        AttemptState next = Transitions.ATTEMPT.next(was.state(), event);
        Attempt moved = was.in(next).withOutcome(outcome);
        put(moved);
        tell(moved);
        return moved;
    }

    /** Replaces what is known of an attempt, in the state it is in. */
    void put(Attempt attempt) {
        newest.put(attempt.step(), attempt);
        attempts.put(attempt.key(), attempt);
    }

    /** A line of history about the attempt as it is. */
    void tell(Attempt attempt) {
        Map<String, String> detail = new HashMap<>();
        detail.put("launch_key", attempt.key().value());
        detail.put("executor", attempt.executor());
        attempt.job().ifPresent(job -> detail.put("external_id", job.externalId()));
        attempt.outcome().exitCode().ifPresent(code -> detail.put("exit_code", Integer.toString(code)));
        attempt.outcome().failure().map(FailureKind::name).ifPresent(kind -> detail.put("failure", lower(kind)));
        history(
                Optional.of(attempt.step()),
                Optional.of(attempt.number()),
                "attempt_" + word(attempt.state()),
                attempt.outcome().message(),
                detail);
    }

    void history(
            Optional<StepId> step, Optional<Integer> attempt, String type, String reason, Map<String, String> detail) {
        Map<String, String> facts = new HashMap<>(detail);
        if (!reason.isEmpty()) {
            facts.put("reason", reason.length() > LONGEST_DETAIL ? reason.substring(0, LONGEST_DETAIL) : reason);
        }
        further.add(new Change.EventAppended(now, step, attempt, type, facts));
    }

    void change(Change change) {
        further.add(change);
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    /** Nothing is left to do: the run is given back, as the last effect. */
    void release() {
        released = true;
    }

    /** A step that ended since this was last asked, or empty. */
    Optional<StepId> nextEnded() {
        return Optional.ofNullable(ended.poll());
    }

    /** Takes out steps that are to be looked up, so that they can be decided at once. */
    List<StepId> takeResolves() {
        List<StepId> taken = new ArrayList<>();
        effects.removeIf(effect -> effect instanceof Effect.Resolve resolve && taken.add(resolve.step()));
        return taken;
    }

    Plan plan() {
        RunSnapshot after = after();
        List<Change> changes = new ArrayList<>();
        if (!run.equals(before.run())) {
            changes.add(new Change.RunWritten(run));
        }
        added.forEach(step -> changes.add(new Change.StepAdded(step)));
        steps.values().forEach(step -> changes.add(new Change.StepWritten(step)));
        attempts.values().forEach(attempt -> changes.add(new Change.AttemptWritten(attempt)));
        further.stream().filter(change -> !unseen.contains(change)).forEach(changes::add);
        if (!steps.isEmpty() || !run.equals(before.run())) {
            changes.addAll(AlertPolicy.changes(graph, before, after, steps.keySet(), now));
        }
        if (released) {
            changes.add(new Change.RunReleased(run));
            effects.add(new Effect.ReleaseRun());
        }
        return new Plan(after, changes, effects);
    }

    private RunSnapshot after() {
        putItems.keySet().forEach(this::items);
        return before.with(run, steps, newest, items);
    }

    private static String word(Enum<?> state) {
        return lower(state.name());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
