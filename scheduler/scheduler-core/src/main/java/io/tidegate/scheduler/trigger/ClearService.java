package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.CommandStore.Command;
import io.tidegate.scheduler.store.CommandStore.Target;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import io.tidegate.scheduler.trigger.TriggerException.Problem;
import io.tidegate.scheduler.trigger.TriggerException.Reason;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.scheduler.view.RunViews.ClearedRun;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reruns the same steps in the newest run of each interval of a stretch. Each run stays the run it was, with its earlier attempts. Safe for use by
 * several threads.
 */
public final class ClearService {
    /** Most runs that are cleared at once. */
    public static final int MOST_CLEARED = 1000;

    private final CurrentDags dags;
    private final RunQueries runs;
    private final CommandStore commands;
    private final Function<DagVersionId, DagGraph> graphs;

    /** @param graphs graphs of stored versions; throws IllegalStateException for one that cannot be read */
    public ClearService(
            CurrentDags dags, RunQueries runs, CommandStore commands, Function<DagVersionId, DagGraph> graphs) {
        this.dags = Objects.requireNonNull(dags, "dags");
        this.runs = Objects.requireNonNull(runs, "runs");
        this.commands = Objects.requireNonNull(commands, "commands");
        this.graphs = Objects.requireNonNull(graphs, "graphs");
    }

    /**
     * What is to run again.
     *
     * @param from first day on which an interval may start
     * @param to last day, inclusive
     * @param steps empty means what failed, was blocked or was cancelled
     * @param downstream whether what follows the steps runs again, too
     * @param latest whether the runs go on with the DAG's current version
     */
    public record Clear(LocalDate from, LocalDate to, List<StepId> steps, boolean downstream, boolean latest) {
        public Clear {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            steps = List.copyOf(steps);
        }
    }

    /**
     * Finds the runs, and unless it is a dry run asks each of them.
     *
     * @throws TriggerException when the DAG is unknown, has no schedule, does not have the steps, or the stretch holds too many runs
     */
    public RunViews.Clearing clear(DagId id, Clear clear, boolean dryRun, String actor, String reason) {
        CurrentDag dag = dags.find(id)
                .orElseThrow(() ->
                        new TriggerException(Reason.UNKNOWN_DAG, List.of(new Problem("dag", "there is no DAG " + id))));
        List<RunViews.Summary> found = find(dag, clear);
        List<ClearedRun> rows = new ArrayList<>();
        int cleared = 0;
        for (RunViews.Summary run : found) {
            ClearedRun row = look(dag, clear, run);
            rows.add(row);
            if (row.leftOut().isEmpty()) {
                cleared++;
                if (!dryRun) {
                    commands.submit(
                            new Command(0, RunId.of(run.run()), type(clear), target(dag, clear, run), actor, reason));
                }
            }
        }
        return new RunViews.Clearing(id.value(), dryRun, cleared, rows);
    }

    private List<RunViews.Summary> find(CurrentDag dag, Clear clear) {
        Optional<Schedule> schedule = dag.outline().schedule();
        if (schedule.isEmpty()) {
            throw refusal("from", "the DAG has no schedule, so its runs have no intervals");
        }
        if (clear.to().isBefore(clear.from())) {
            throw refusal("to", clear.to() + " is before " + clear.from());
        }
        List<StepId> unknown = clear.steps().stream()
                .filter(step -> clear.latest() && !dag.graph().hasStep(step))
                .toList();
        if (!unknown.isEmpty()) {
            throw refusal("steps", "the latest version has no step " + names(unknown));
        }
        var zone = schedule.orElseThrow().calendar().zone();
        List<RunViews.Summary> found = runs.newestRuns(
                dag.id(),
                clear.from().atStartOfDay(zone).toInstant(),
                clear.to().plusDays(1).atStartOfDay(zone).toInstant(),
                MOST_CLEARED + 1);
        if (found.isEmpty()) {
            throw refusal(
                    "from",
                    "no run of " + dag.id() + " is for an interval that starts from " + clear.from() + " to "
                            + clear.to());
        }
        if (found.size() > MOST_CLEARED) {
            throw refusal("to", "more than " + MOST_CLEARED + " runs (most_cleared); clear in parts");
        }
        return found;
    }

    private ClearedRun look(CurrentDag dag, Clear clear, RunViews.Summary run) {
        RunViews.Interval interval = run.interval().orElseThrow();
        if (!run.state().isTerminal()) {
            return leftOut(interval, run, "the run is " + word(run.state()));
        }
        DagGraph graph = clear.latest() ? dag.graph() : graphs.apply(new DagVersionId(dag.id(), run.version()));
        List<StepId> unknown =
                clear.steps().stream().filter(step -> !graph.hasStep(step)).toList();
        if (!unknown.isEmpty()) {
            return leftOut(interval, run, "its version has no step " + names(unknown));
        }
        List<String> steps = steps(clear, run, graph);
        return steps.isEmpty()
                ? leftOut(interval, run, "nothing failed, was blocked or was cancelled")
                : new ClearedRun(run.run(), interval, run.state(), steps, Optional.empty());
    }

    private List<String> steps(Clear clear, RunViews.Summary run, DagGraph graph) {
        if (!clear.steps().isEmpty()) {
            Set<StepId> chosen =
                    clear.downstream() ? graph.following(clear.steps()) : new LinkedHashSet<>(clear.steps());
            return chosen.stream().map(StepId::value).toList();
        }
        return runs.steps(RunId.of(run.run())).stream()
                .filter(step -> step.state().isBad() && graph.hasStep(new StepId(step.step())))
                .map(RunViews.Step::step)
                .toList();
    }

    private static ClearedRun leftOut(RunViews.Interval interval, RunViews.Summary run, String why) {
        return new ClearedRun(run.run(), interval, run.state(), List.of(), Optional.of(why));
    }

    private static CommandStore.Type type(Clear clear) {
        if (clear.steps().isEmpty()) {
            return CommandStore.Type.RERUN_FAILED;
        }
        return clear.downstream() ? CommandStore.Type.RERUN_FROM : CommandStore.Type.RERUN_ONLY;
    }

    private static Target target(CurrentDag dag, Clear clear, RunViews.Summary run) {
        String latest = dag.version().hash();
        return new Target(
                clear.steps(),
                clear.latest() && !latest.equals(run.version()) ? Optional.of(latest) : Optional.empty());
    }

    private static TriggerException refusal(String field, String message) {
        return new TriggerException(Reason.INVALID, List.of(new Problem(field, message)));
    }

    private static String names(List<StepId> steps) {
        return steps.stream().map(StepId::value).collect(Collectors.joining(", "));
    }

    private static String word(RunState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
