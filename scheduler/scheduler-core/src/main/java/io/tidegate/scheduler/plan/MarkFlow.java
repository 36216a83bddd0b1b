package io.tidegate.scheduler.plan;

import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Mark;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.RunEvent;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepEvent;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore.Command;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A person says what a step counts as. A step that is at work is stopped first, and what its attempt reports after that counts for nothing. What
 * the step's earlier end alone had blocked, or had a start rule skip, waits again; what waits for a step that counts as failed is blocked. The
 * run's state follows.
 */
final class MarkFlow {
    private final Draft draft;
    private final StepFlow steps;

    MarkFlow(Draft draft) {
        this.draft = draft;
        this.steps = new StepFlow(draft);
    }

    /** Does it, or says why not. */
    Optional<String> mark(Command command, Mark.Outcome outcome) {
        Optional<String> refusal = refusal(command, outcome);
        if (refusal.isEmpty()) {
            Mark mark = new Mark(outcome, command.actor(), command.reason(), draft.now());
            command.target().steps().forEach(step -> mark(step, mark));
        }
        return refusal;
    }

    private Optional<String> refusal(Command command, Mark.Outcome outcome) {
        RunState state = draft.run().state();
        if (state == RunState.QUEUED || state == RunState.CANCELLING) {
            return Optional.of("the run is " + word(state));
        }
        if (command.reason().isBlank()) {
            return Optional.of("a step is marked only with a reason");
        }
        for (StepId step : command.target().steps()) {
            if (!draft.graph().hasStep(step) || !draft.hasStep(step)) {
                return Optional.of("the run has no step " + step);
            }
            if (draft.isExpanded(step)) {
                return Optional.of("items of step " + step + " are still at work");
            }
            if (draft.step(step).state() == target(outcome)) {
                return Optional.of("step " + step + " has " + word(outcome) + " already");
            }
        }
        return Optional.empty();
    }

    private void mark(StepId id, Mark mark) {
        StepRun step = draft.step(id);
        switch (step.state()) {
            case RUNNING -> {
                Attempt attempt = draft.attempt(id)
                        .orElseThrow(() -> new IllegalStateException("step " + id + " is running without an attempt"));
                draft.put(step.withMark(mark));
                draft.moveStep(id, StepEvent.CANCEL, words(mark));
                new AttemptFlow(draft).stop(attempt, Optional.empty(), words(mark));
            }
            // Its attempt is being stopped for another mark: the last word counts.
            case CANCELLING -> draft.put(step.withMark(mark).in(StepState.CANCELLING, words(mark)));
            case RESOLVING -> {
                draft.moveStep(id, StepEvent.CANCEL, words(mark));
                draft.put(draft.step(id).withMark(mark));
                settle(id);
            }
            case WAITING, RETRYING, SUCCEEDED, FAILED, SKIPPED, UPSTREAM_FAILED, CANCELLED -> {
                draft.put(step.withMark(mark));
                settle(id);
            }
        }
    }

    /** The step's mark takes effect: nothing of the step is at work any more. */
    void settle(StepId id) {
        Mark mark = draft.step(id).findings().mark().orElseThrow();
        StepEvent event = mark.outcome() == Mark.Outcome.SUCCEEDED ? StepEvent.MARK_SUCCEEDED : StepEvent.MARK_FAILED;
        if (id.isItem()) {
            draft.moveStep(id, event, words(mark));
            settleStepOf(id, mark);
            return;
        }
        Set<StepId> ruledOut = ruledOut(id);
        draft.moveStep(id, event, words(mark));
        boolean goesOn = revive(id, mark, ruledOut);
        Run run = draft.run();
        if (!run.state().isTerminal()) {
            steps.considerAll();
        } else if (goesOn) {
            draft.moveRun(RunEvent.RERUN, words(mark));
            draft.release();
        } else {
            follow(run, mark);
        }
    }

    /** A step with items is what these are; while it is at work, it hears of their ends. */
    private void settleStepOf(StepId item, Mark mark) {
        StepId step = item.declared();
        StepState state = draft.step(step).state();
        boolean good = draft.items(step).stream()
                .noneMatch(each -> draft.step(each).state().isBad());
        StepState wanted = good ? StepState.SUCCEEDED : StepState.FAILED;
        boolean follows = state == StepState.SUCCEEDED || state == StepState.FAILED || state == StepState.CANCELLED;
        if (follows && state != wanted) {
            Mark.Outcome outcome = good ? Mark.Outcome.SUCCEEDED : Mark.Outcome.FAILED;
            draft.put(draft.step(step).withMark(new Mark(outcome, mark.actor(), mark.reason(), mark.at())));
            settle(step);
        } else if (!draft.run().state().isTerminal()) {
            steps.considerAll();
        }
    }

    /** Steps after this one that its earlier end and their start rules had skipped, and not their own conditions. */
    private Set<StepId> ruledOut(StepId marked) {
        return draft.graph().following(Set.of(marked)).stream()
                .filter(step -> draft.step(step).state() == StepState.SKIPPED && steps.isRuledOut(step))
                .collect(Collectors.toSet());
    }

    /** Lets what the step's earlier end had kept from running wait again, if it may run now; says whether there was anything. */
    private boolean revive(StepId marked, Mark mark, Set<StepId> ruledOut) {
        Set<StepId> freed = new HashSet<>(Set.of(marked));
        for (StepId step : draft.graph().order()) {
            boolean after =
                    draft.graph().upstream(step).stream().map(Edge::from).anyMatch(freed::contains);
            boolean keptBack = draft.step(step).state() == StepState.UPSTREAM_FAILED || ruledOut.contains(step);
            if (after && keptBack && steps.mayRun(step)) {
                draft.moveStep(step, StepEvent.RERUN, marked + " was " + words(mark));
                freed.add(step);
            }
        }
        return freed.size() > 1;
    }

    /** A run that is over and stays so gets the state that its steps now give it. */
    private void follow(Run run, Mark mark) {
        if (run.state() != RunState.SUCCEEDED && steps.allGood()) {
            draft.moveRun(RunEvent.MARK_SUCCEEDED, "");
        } else if (run.state() == RunState.SUCCEEDED && !steps.allGood()) {
            draft.moveRun(RunEvent.MARK_FAILED, steps.failure() + ", " + words(mark));
        } else if (run.state() == RunState.FAILED) {
            Run.Progress was = run.progress();
            draft.put(run.withProgress(new Run.Progress(
                    was.state(), was.createdAt(), was.startedAt(), was.finishedAt(), steps.failure())));
        }
    }

    private static StepState target(Mark.Outcome outcome) {
        return outcome == Mark.Outcome.SUCCEEDED ? StepState.SUCCEEDED : StepState.FAILED;
    }

    private static String words(Mark mark) {
        return "marked " + word(mark.outcome()) + " by " + mark.actor() + ": " + mark.reason();
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
