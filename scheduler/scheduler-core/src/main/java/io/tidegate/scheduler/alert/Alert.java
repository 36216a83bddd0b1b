package io.tidegate.scheduler.alert;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.RunId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something to tell.
 *
 * @param problem the same text for the same problem: while an alert for it is open, it is not told again
 * @param message one sentence for people
 * @param channels names of the channels to tell, {@link #LOG} among them
 */
public record Alert(
        String problem,
        AlertRule.Event event,
        DagId dag,
        RunId run,
        Optional<StepId> step,
        String message,
        List<String> channels) {
    /** The channel that is always there and always told: the server's log. */
    public static final String LOG = "log";

    public Alert {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(dag, "dag");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(message, "message");
        channels = List.copyOf(channels);
    }
}
