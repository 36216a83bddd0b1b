package io.tidegate.scheduler.plan;

import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.state.RunEvent;
import io.tidegate.scheduler.state.StepState;

/** Ends what is not over yet: a whole run, or one step of it. What is at work is asked to end and ends later. */
final class CancelFlow {
    private final Draft draft;
    private final ItemFlow items;

    CancelFlow(Draft draft) {
        this.draft = draft;
        this.items = new ItemFlow(draft);
    }

    /** Cancels a run that is queued or going. */
    void run(String reason) {
        draft.moveRun(RunEvent.CANCEL, reason);
        draft.allSteps().forEach(step -> cancel(step, reason));
    }

    /** Cancels a step with its items; the others go on. */
    void step(StepId step, String reason) {
        draft.allSteps().stream().filter(each -> each.declared().equals(step)).forEach(each -> cancel(each, reason));
    }

    private void cancel(StepId step, String reason) {
        StepState state = draft.step(step).state();
        if (!state.isTerminal() && state != StepState.CANCELLING) {
            items.cancel(step, reason);
        }
    }
}
