package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.CommandStore.Command;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The part of a DAG's overlap rule that is decided when a scheduled run is due: leave it out, or cancel what is going. Waiting is decided later,
 * when a run is claimed.
 */
public final class OverlapRule {
    private static final int MOST_CANCELLED = 100;

    private final RunQueries queries;
    private final CommandStore commands;

    public OverlapRule(RunQueries queries, CommandStore commands) {
        this.queries = Objects.requireNonNull(queries, "queries");
        this.commands = Objects.requireNonNull(commands, "commands");
    }

    /** Whether it matters what else of the DAG goes on. */
    static boolean asks(Overlap overlap) {
        return switch (overlap.policy()) {
            case QUEUE, PARALLEL -> false;
            case SKIP, CANCEL_RUNNING -> true;
        };
    }

    /** Those of the DAGs of which something goes on. */
    Set<DagId> busy(Collection<DagId> dags) {
        return dags.isEmpty() ? Set.of() : queries.unfinished(dags);
    }

    /** Prepares for a new run of the DAG; false means that the run is not to be made. */
    boolean admits(DagId dag, Overlap overlap) {
        return switch (overlap.policy()) {
            case QUEUE, PARALLEL -> true;
            case SKIP -> unfinished(dag).isEmpty();
            case CANCEL_RUNNING -> {
                unfinished(dag).forEach(this::cancel);
                yield true;
            }
        };
    }

    private List<RunViews.Summary> unfinished(DagId dag) {
        return Stream.of(RunState.QUEUED, RunState.RUNNING, RunState.CANCELLING)
                .flatMap(
                        state -> queries
                                .runs(Optional.of(dag.value()), Optional.of(state), Optional.empty(), MOST_CANCELLED)
                                .items()
                                .stream())
                // A backfill has a limit of its own, and neither holds up the schedule nor is ended by it.
                .filter(run -> run.trigger() != TriggerKind.BACKFILL)
                .toList();
    }

    private void cancel(RunViews.Summary run) {
        if (run.state() != RunState.CANCELLING) {
            commands.submit(new Command(
                    0,
                    RunId.of(run.run()),
                    CommandStore.Type.CANCEL,
                    CommandStore.Target.RUN,
                    "schedule",
                    "the next scheduled run is due"));
        }
    }
}
