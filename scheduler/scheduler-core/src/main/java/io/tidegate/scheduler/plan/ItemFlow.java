package io.tidegate.scheduler.plan;

import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.Foreach.OnFailure;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepResult;
import io.tidegate.scheduler.resolve.Item;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.StepEvent;
import io.tidegate.scheduler.state.StepState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What follows for a step that runs for each item of a list, and for its items.
 *
 * <p>The step itself is running as long as items are, and has no attempts. Items wait for their turn, and are otherwise steps like any other. An
 * item that succeeded stays when the step is rerun and has it again.
 */
final class ItemFlow {
    private final Draft draft;

    ItemFlow(Draft draft) {
        this.draft = draft;
    }

    /** The items are known: those that are new or wait get their turn. */
    void expand(StepId step, List<Item> items) {
        Set<StepId> wanted = new HashSet<>();
        for (Item item : items) {
            StepId id = step.item(item.key());
            wanted.add(id);
            StepRun known = draft.hasStep(id) ? draft.step(id) : StepRun.waiting(id);
            draft.putItem(known.withItem(item.values()));
        }
        draft.items(step).stream()
                .filter(id -> !wanted.contains(id) && draft.step(id).state() == StepState.WAITING)
                .forEach(id -> draft.moveStep(id, StepEvent.SKIP, "it is not among the items any more"));
        StepRun.Timing timing = draft.step(step).timing();
        StepRun running = draft.moveStep(step, StepEvent.LAUNCH, "");
        draft.put(running.withTiming(new StepRun.Timing(
                timing.startedAt().or(() -> Optional.of(draft.now())), Optional.empty(), Optional.empty())));
        advance(step);
    }

    /** Gives waiting items their turn while there is room, and ends the step when none is left. */
    void advance(StepId step) {
        Foreach foreach = draft.graph().step(step).foreach().orElseThrow();
        List<StepId> items = draft.items(step);
        if (draft.step(step).state() == StepState.RUNNING) {
            long working = items.stream().filter(this::isWorking).count();
            long room = foreach.atOnce().orElse(Integer.MAX_VALUE) - working;
            items.stream()
                    .filter(item -> draft.step(item).state() == StepState.WAITING)
                    .limit(Math.max(0, room))
                    .forEach(this::begin);
        }
        endUnlessOpen(step, items);
    }

    private void endUnlessOpen(StepId step, List<StepId> items) {
        if (!draft.isAnyOpen(items)) {
            end(step, items);
        }
    }

    private boolean isWorking(StepId item) {
        StepState state = draft.step(item).state();
        return state != StepState.WAITING && !state.isTerminal();
    }

    private void begin(StepId item) {
        draft.moveStep(item, StepEvent.READY, "");
        draft.effect(new Effect.Resolve(item));
    }

    /** An item is over: only now does its failure stop others, so that after a rerun of one the failures of others do not. */
    void ended(StepId item) {
        StepId step = item.declared();
        Foreach foreach = draft.graph().step(step).foreach().orElseThrow();
        boolean stops = foreach.onFailure() == OnFailure.FAIL_FAST
                && draft.step(item).state() == StepState.FAILED
                && draft.step(step).state() == StepState.RUNNING;
        if (stops) {
            draft.items(step).stream()
                    .filter(other -> !draft.step(other).state().isTerminal()
                            && draft.step(other).state() != StepState.CANCELLING)
                    .forEach(other -> cancel(other, item + " failed, and on_failure is fail_fast"));
        }
        if (foreach.atOnce().isPresent()) {
            advance(step);
        } else {
            // There was room for all from the beginning, and there may be a thousand.
            endUnlessOpen(step, draft.items(step));
        }
    }

    /** Ends a step or item that is not over, or asks its attempt to end. */
    void cancel(StepId id, String reason) {
        StepState state = draft.step(id).state();
        boolean hasAttempt = id.isItem() || draft.graph().step(id).foreach().isEmpty();
        draft.moveStep(id, StepEvent.CANCEL, reason);
        if (state == StepState.RUNNING && hasAttempt) {
            Attempt attempt = draft.attempt(id)
                    .orElseThrow(() -> new IllegalStateException("step " + id + " is running without an attempt"));
            new AttemptFlow(draft).stop(attempt, Optional.empty(), reason);
        }
    }

    private void end(StepId step, List<StepId> items) {
        StepState state = draft.step(step).state();
        if (state == StepState.CANCELLING) {
            draft.moveStep(step, StepEvent.END_CANCELLED, draft.step(step).reason());
        } else if (state == StepState.RUNNING) {
            List<StepId> bad = items.stream()
                    .filter(item -> draft.step(item).state().isBad())
                    .toList();
            if (bad.isEmpty()) {
                draft.moveStep(step, StepEvent.SUCCEED, "");
            } else {
                String names = new ResultWords(item -> draft.step(item).state().result()).of(bad, StepResult.FAILED);
                draft.moveStep(step, StepEvent.FAIL, bad.size() + " of " + items.size() + " items: " + names);
            }
        }
    }

    /** The step is over without having had its items: they do not wait any longer. */
    void abandon(StepId step) {
        draft.items(step).stream()
                .filter(item -> draft.step(item).state() == StepState.WAITING)
                .forEach(item -> draft.moveStep(item, StepEvent.SKIP, "step " + step + " did not run"));
    }
}
