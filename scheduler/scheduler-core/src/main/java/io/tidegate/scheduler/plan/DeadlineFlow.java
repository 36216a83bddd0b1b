package io.tidegate.scheduler.plan;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.Deadline;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.alerting.AlertPolicy;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.RunState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Deadlines of a run and of its steps. People are told of one that is missed; what has not ended is cancelled if the author wants it, and if it
 * had a chance to be in time: what began after its deadline, because it was queued for long, catches up or is rerun, goes on.
 */
final class DeadlineFlow {
    private final Draft draft;

    DeadlineFlow(Draft draft) {
        this.draft = draft;
    }

    /** Asks to be woken at each deadline that can still be missed. */
    void wake() {
        if (draft.run().state() != RunState.RUNNING) {
            return;
        }
        draft.graph()
                .definition()
                .limits()
                .deadline()
                .flatMap(this::due)
                .ifPresent(due -> draft.effect(new Effect.WakeAt(due, Timer.deadline(Optional.empty()))));
        for (StepId step : draft.graph().order()) {
            if (!draft.step(step).state().isTerminal()) {
                deadline(step)
                        .flatMap(this::due)
                        .ifPresent(due -> draft.effect(new Effect.WakeAt(due, Timer.deadline(Optional.of(step)))));
            }
        }
    }

    /** A deadline has come, of the step or, without one, of the run. */
    void passed(Optional<StepId> step) {
        Optional<Deadline> deadline = step.isEmpty()
                ? draft.graph().definition().limits().deadline()
                : step.filter(draft.graph()::hasStep).flatMap(this::deadline);
        Optional<Instant> due = deadline.flatMap(this::due);
        boolean over = draft.run().state() != RunState.RUNNING
                || step.map(id -> draft.step(id).state().isTerminal()).orElse(false);
        if (over || due.isEmpty()) {
            return;
        }
        if (draft.now().isBefore(due.get())) {
            draft.effect(new Effect.WakeAt(due.get(), Timer.deadline(step)));
            return;
        }
        miss(step, deadline.get(), due.get());
    }

    private void miss(Optional<StepId> step, Deadline deadline, Instant due) {
        String words = "not ended by its deadline " + AttemptFlow.text(deadline.after()) + " after "
                + (deadline.from() == Deadline.From.RUN_START ? "the run's start" : "the interval's end") + ", " + due;
        draft.history(step, Optional.empty(), "deadline_missed", words, Map.of());
        AlertPolicy.deadlineMissed(draft.graph(), draft.run(), step, words, draft.now())
                .forEach(draft::change);
        boolean hadAChance =
                draft.run().progress().startedAt().filter(due::isAfter).isPresent();
        if (deadline.then() == Deadline.Then.CANCEL && hadAChance) {
            CancelFlow cancel = new CancelFlow(draft);
            step.ifPresentOrElse(id -> cancel.step(id, words), () -> cancel.run(words));
        }
    }

    private Optional<Deadline> deadline(StepId step) {
        return draft.graph().step(step).limits().deadline();
    }

    /** When it is; empty for a deadline that does not count for this run. */
    private Optional<Instant> due(Deadline deadline) {
        Run run = draft.run();
        Optional<Instant> from = deadline.from() == Deadline.From.RUN_START
                ? run.progress().startedAt()
                : run.interval()
                        .map(DataInterval::end)
                        .filter(end -> run.trigger().kind() == TriggerKind.SCHEDULE);
        return from.map(start -> start.plus(deadline.after()));
    }
}
