package io.tidegate.scheduler.plan;

import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.state.RunEvent;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepEvent;
import io.tidegate.scheduler.state.StepState;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What follows for a step from the steps it waits for, and for the run from its steps.
 *
 * <p>A step is ready when everything it waits for has ended and nothing of it is bad. Something bad blocks it at once. It is skipped when
 * something it would work on was: the producer of a dataset it reads, or every step that could have trained the model it publishes. A plain
 * {@code needs} does not carry a skip.
 */
final class StepFlow {
    private final Draft draft;

    StepFlow(Draft draft) {
        this.draft = draft;
    }

    /** Looks at every waiting step: after the run started, was taken over, or was partly rerun. */
    void considerAll() {
        draft.graph().order().forEach(this::consider);
        settle();
        endRun();
    }

    /** Carries the ends of steps on to those that wait for them, and ends the run when nothing is left. */
    void settle() {
        boolean any = false;
        Optional<StepId> next = draft.nextEnded();
        while (next.isPresent()) {
            any = true;
            draft.graph().downstream(next.get()).forEach(edge -> consider(edge.to()));
            next = draft.nextEnded();
        }
        if (any) {
            endRun();
        }
    }

    /** Whether something that ended badly keeps the step from running. */
    boolean isBlocked(StepId step) {
        return draft.graph().upstream(step).stream()
                .anyMatch(edge -> state(edge).isBad());
    }

    /** Whether the run can be said to have succeeded. */
    boolean allGood() {
        return draft.graph().order().stream().allMatch(step -> stateOf(step).isGood());
    }

    private void consider(StepId step) {
        if (draft.run().state() != RunState.RUNNING || draft.step(step).state() != StepState.WAITING) {
            return;
        }
        List<Edge> upstream = draft.graph().upstream(step);
        String bad = names(upstream, edge -> state(edge).isBad());
        if (!bad.isEmpty()) {
            draft.moveStep(step, StepEvent.UPSTREAM_FAIL, bad + " did not succeed");
            return;
        }
        if (upstream.stream().anyMatch(edge -> !state(edge).isTerminal())) {
            return;
        }
        String skipped = skipped(upstream);
        if (skipped.isEmpty()) {
            draft.moveStep(step, StepEvent.READY, "");
            draft.effect(new Effect.Resolve(step));
        } else {
            draft.moveStep(step, StepEvent.SKIP, skipped + " was skipped");
        }
    }

    /** Names of skipped steps that leave this one nothing to work on; empty text when there is something. */
    private String skipped(List<Edge> upstream) {
        String data = names(upstream, edge -> edge.reason() == Edge.Reason.DATA && state(edge) == StepState.SKIPPED);
        if (!data.isEmpty()) {
            return data;
        }
        boolean trained = upstream.stream()
                .anyMatch(edge -> edge.reason() == Edge.Reason.MODEL && state(edge) != StepState.SKIPPED);
        return trained ? "" : names(upstream, edge -> edge.reason() == Edge.Reason.MODEL);
    }

    private void endRun() {
        RunState state = draft.run().state();
        if (!state.isActive()
                || draft.graph().order().stream()
                        .anyMatch(step -> !stateOf(step).isTerminal())) {
            return;
        }
        if (state == RunState.CANCELLING) {
            draft.moveRun(RunEvent.END_CANCELLED, draft.run().progress().reason());
        } else if (allGood()) {
            draft.moveRun(RunEvent.SUCCEED, "");
        } else {
            draft.moveRun(RunEvent.FAIL, failure());
        }
        draft.release();
    }

    /** Why the run has not succeeded. */
    String failure() {
        String failed = steps(StepState.FAILED);
        return failed.isEmpty() ? steps(StepState.CANCELLED) + " was cancelled" : failed + " failed";
    }

    private String steps(StepState wanted) {
        return draft.graph().order().stream()
                .filter(step -> stateOf(step) == wanted)
                .map(StepId::value)
                .collect(Collectors.joining(", "));
    }

    private String names(List<Edge> edges, Predicate<Edge> wanted) {
        return edges.stream()
                .filter(wanted)
                .map(edge -> edge.from().value())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private StepState state(Edge edge) {
        return stateOf(edge.from());
    }

    private StepState stateOf(StepId step) {
        return draft.step(step).state();
    }
}
