package io.tidegate.scheduler.plan;

import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.RunEvent;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepEvent;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore.Command;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What people ask for. A command that cannot be carried out is refused with a line of history, and is done either way. */
final class CommandFlow {
    private final Draft draft;
    private final StepFlow steps;

    CommandFlow(Draft draft) {
        this.draft = draft;
        this.steps = new StepFlow(draft);
    }

    void given(Command command) {
        draft.change(new Change.CommandDone(command.id()));
        switch (command.type()) {
            case CANCEL -> cancel(command);
            case RERUN_FAILED -> rerun(command, matching(step -> step.state().isBad()));
            case RERUN_ALL -> rerun(command, matching(step -> true));
            case RERUN_FROM -> rerun(command, fromStep(command));
        }
        if (draft.run().state().isTerminal()) {
            draft.release();
        }
    }

    private void cancel(Command command) {
        RunState state = draft.run().state();
        if (state != RunState.QUEUED && state != RunState.RUNNING) {
            refuse(command, "the run is " + state.name().toLowerCase(java.util.Locale.ROOT) + " already");
            return;
        }
        String reason = "cancelled by " + command.actor() + because(command);
        draft.moveRun(RunEvent.CANCEL, reason);
        ItemFlow items = new ItemFlow(draft);
        draft.allSteps().stream()
                .filter(step -> !draft.step(step).state().isTerminal()
                        && draft.step(step).state() != StepState.CANCELLING)
                .forEach(step -> items.cancel(step, reason));
        steps.settle();
    }

    private void rerun(Command command, Set<StepId> chosen) {
        Optional<String> refusal = refusal(command, chosen);
        if (refusal.isPresent()) {
            refuse(command, refusal.get());
            return;
        }
        String reason = "rerun by " + command.actor() + because(command);
        chosen.stream()
                .filter(step -> draft.step(step).state() != StepState.WAITING)
                .forEach(step -> draft.moveStep(step, StepEvent.RERUN, reason));
        if (draft.run().state().isTerminal()) {
            // Whether it may start again at once is for the DAG's overlap rule: whoever claims it next is let in by
            // that.
            draft.moveRun(RunEvent.RERUN, reason);
            draft.release();
        } else {
            steps.considerAll();
        }
    }

    private Optional<String> refusal(Command command, Set<StepId> chosen) {
        RunState state = draft.run().state();
        if (state == RunState.QUEUED || state == RunState.CANCELLING) {
            return Optional.of("the run is " + state.name().toLowerCase(java.util.Locale.ROOT));
        }
        if (chosen.isEmpty()) {
            return Optional.of(
                    command.step().isPresent()
                            ? "the run has no step " + command.step().get()
                            : "no step failed, was blocked or was cancelled");
        }
        return chosen.stream()
                .filter(step -> !draft.step(step).state().isTerminal()
                        && draft.step(step).state() != StepState.WAITING)
                .findFirst()
                .map(step -> "step " + step + " is still at work");
    }

    private Set<StepId> matching(Predicate<StepRun> wanted) {
        Set<StepId> chosen = new LinkedHashSet<>();
        draft.allSteps().stream().filter(step -> wanted.test(draft.step(step))).forEach(chosen::add);
        return chosen;
    }

    private Set<StepId> fromStep(Command command) {
        Set<StepId> chosen = new LinkedHashSet<>();
        Deque<StepId> open = new ArrayDeque<>();
        Optional<StepId> first = command.step().filter(draft::hasStep);
        first.filter(StepId::isItem).ifPresent(chosen::add);
        first.map(StepId::declared).ifPresent(open::add);
        while (!open.isEmpty()) {
            StepId step = open.poll();
            if (chosen.add(step)) {
                if (first.filter(StepId::isItem).isEmpty()
                        || !step.equals(first.get().declared())) {
                    chosen.addAll(draft.items(step));
                }
                List<Edge> downstream = draft.graph().downstream(step);
                downstream.forEach(edge -> open.add(edge.to()));
            }
        }
        return chosen;
    }

    private void refuse(Command command, String why) {
        String what = command.type().name().toLowerCase(java.util.Locale.ROOT);
        draft.history(
                command.step(),
                Optional.empty(),
                "command_refused",
                why,
                Map.of("command", what, "actor", command.actor()));
    }

    private static String because(Command command) {
        return command.reason().isEmpty() ? "" : ": " + command.reason();
    }
}
