package io.tidegate.scheduler.plan;

import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.Mark;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.CommandStore.Command;
import java.util.Map;
import java.util.Optional;

/** What people ask for. A command that cannot be carried out is refused with a line of history, and is done either way. */
final class CommandFlow {
    private final Draft draft;
    private final StepFlow steps;

    CommandFlow(Draft draft) {
        this.draft = draft;
        this.steps = new StepFlow(draft);
    }

    void given(PlannerEvent.CommandGiven given) {
        Command command = given.command();
        draft.change(new Change.CommandDone(command.id()));
        switch (command.type()) {
            case CANCEL -> cancel(command);
            case RERUN_FAILED, RERUN_ALL, RERUN_FROM, RERUN_ONLY ->
                new RerunFlow(draft, command, given.version()).rerun().ifPresent(why -> refuse(command, why));
            case MARK_SUCCEEDED -> mark(command, Mark.Outcome.SUCCEEDED);
            case MARK_FAILED -> mark(command, Mark.Outcome.FAILED);
        }
        if (draft.run().state().isTerminal()) {
            draft.release();
        }
    }

    private void mark(Command command, Mark.Outcome outcome) {
        new MarkFlow(draft).mark(command, outcome).ifPresent(why -> refuse(command, why));
    }

    private void cancel(Command command) {
        RunState state = draft.run().state();
        if (state != RunState.QUEUED && state != RunState.RUNNING) {
            refuse(command, "the run is " + state.name().toLowerCase(java.util.Locale.ROOT) + " already");
            return;
        }
        String reason = "cancelled by " + command.actor() + because(command);
        new CancelFlow(draft).run(reason);
        steps.settle();
    }

    private void refuse(Command command, String why) {
        String what = command.type().name().toLowerCase(java.util.Locale.ROOT);
        draft.history(
                command.target().steps().stream().findFirst(),
                Optional.empty(),
                "command_refused",
                why,
                Map.of("command", what, "actor", command.actor()));
    }

    static String because(Command command) {
        return command.reason().isEmpty() ? "" : ": " + command.reason();
    }
}
