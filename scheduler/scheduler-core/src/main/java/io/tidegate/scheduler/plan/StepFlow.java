package io.tidegate.scheduler.plan;

import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepResult;
import io.tidegate.scheduler.state.RunEvent;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepEvent;
import io.tidegate.scheduler.state.StepState;
import java.util.Optional;
import java.util.stream.Collectors;

/** What follows for a step from the steps it waits for, and for the run from its steps. */
final class StepFlow {
    private final Draft draft;
    private final StartRules rules;

    StepFlow(Draft draft) {
        this.draft = draft;
        this.rules = new StartRules(draft.graph(), step -> stateOf(step).result());
    }

    /** Looks at every waiting step: after the run started, was taken over, or was partly rerun. */
    void considerAll() {
        draft.graph().order().forEach(step -> {
            consider(step);
            if (draft.isExpanded(step)) {
                new ItemFlow(draft).advance(step);
            }
        });
        settle();
        endRun();
    }

    /** Carries the ends of steps on to those that wait for them, and ends the run when nothing is left. */
    void settle() {
        boolean any = false;
        Optional<StepId> next = draft.nextEnded();
        while (next.isPresent()) {
            any = true;
            carryOn(next.get());
            next = draft.nextEnded();
        }
        if (any) {
            endRun();
        }
    }

    /** Whether the ends of the steps before it say that the step is to be skipped. */
    boolean isRuledOut(StepId step) {
        return rules.decide(step).kind() == StartDecision.Kind.SKIP;
    }

    /** Whether the step runs, or may still run once more has ended. */
    boolean mayRun(StepId step) {
        return switch (rules.decide(step).kind()) {
            case RUN, WAIT -> true;
            case SKIP, BLOCK -> false;
        };
    }

    /** Whether the run can be said to have succeeded. */
    boolean allGood() {
        return draft.graph().order().stream().allMatch(step -> stateOf(step).isGood());
    }

    private void carryOn(StepId ended) {
        if (ended.isItem()) {
            new ItemFlow(draft).ended(ended);
            return;
        }
        if (draft.graph().step(ended).foreach().isPresent()) {
            new ItemFlow(draft).abandon(ended);
        }
        boolean failed =
                stateOf(ended).result().filter(StepResult.FAILED::equals).isPresent();
        draft.graph().downstream(ended).stream()
                .map(Edge::to)
                .filter(step -> failed || !rules.goesOnWaiting(step))
                .forEach(this::consider);
    }

    private void consider(StepId step) {
        if (draft.run().state() != RunState.RUNNING || draft.step(step).state() != StepState.WAITING) {
            return;
        }
        StartDecision decision = rules.decide(step);
        switch (decision.kind()) {
            case WAIT -> {
                // Considered again when another step it waits for ends.
            }
            case RUN -> {
                draft.moveStep(step, StepEvent.READY, "");
                draft.effect(new Effect.Resolve(step));
            }
            case SKIP -> draft.moveStep(step, StepEvent.SKIP, decision.reason());
            case BLOCK -> draft.moveStep(step, StepEvent.UPSTREAM_FAIL, decision.reason());
        }
    }

    private void endRun() {
        RunState state = draft.run().state();
        if (!state.isActive() || draft.isAnyOpen(draft.graph().order())) {
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

    private StepState stateOf(StepId step) {
        return draft.step(step).state();
    }
}
