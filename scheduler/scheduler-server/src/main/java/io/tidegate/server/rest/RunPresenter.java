package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.progress.ProgressBoard;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.scheduler.view.RunViews.Action;
import io.tidegate.server.definitions.StoredDags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Joins what the database knows of a run with what its DAG version declares. */
final class RunPresenter {
    private final RunQueries queries;
    private final StoredDags dags;
    private final ProgressBoard progress;
    private final WaitReasons waits;

    RunPresenter(RunQueries queries, StoredDags dags, ProgressBoard progress, WaitReasons waits) {
        this.queries = queries;
        this.dags = dags;
        this.progress = progress;
        this.waits = waits;
    }

    RunViews.Summary summary(RunId run) {
        return queries.run(run).orElseThrow(() -> ProblemException.notFound("there is no run '" + run + "'"));
    }

    RunViews.Detail detail(RunId run) {
        RunViews.Summary summary = summary(run);
        DagGraph graph = graph(summary);
        List<RunViews.Step> stored = queries.steps(run);
        List<String> former = stored.stream()
                .map(RunViews.Step::step)
                .filter(step -> !graph.hasStep(new StepId(step)))
                .sorted()
                .toList();
        return new RunViews.Detail(
                summary,
                summary.trigger() == TriggerKind.DAG ? queries.caller(run) : Optional.empty(),
                steps(stored, graph, summary),
                edges(graph),
                former,
                actions(summary.state()));
    }

    RunViews.Step step(RunViews.Summary summary, StepId step) {
        DagGraph graph = graph(summary);
        return queries.step(RunId.of(summary.run()), step)
                .filter(stored -> graph.hasStep(step))
                .map(stored -> joined(stored, graph.step(step), around(List.of(stored), graph, summary)))
                .orElseThrow(() -> ProblemException.notFound("run " + summary.run() + " has no step '" + step + "'"));
    }

    /** All attempts of a step, each as far as it is now. */
    List<RunViews.AttemptView> attempts(RunId run, StepId step) {
        return queries.attempts(run, step).stream().map(this::soFar).toList();
    }

    private RunViews.AttemptView soFar(RunViews.AttemptView attempt) {
        return attempt.state() == AttemptState.RUNNING
                ? LaunchKey.of(attempt.launchKey())
                        .flatMap(progress::of)
                        .map(attempt::at)
                        .orElse(attempt)
                : attempt;
    }

    static List<RunViews.EdgeView> edges(DagGraph graph) {
        return graph.edges().stream()
                .map(edge ->
                        new RunViews.EdgeView(edge.from().value(), edge.to().value(), edge.reason(), edge.through()))
                .toList();
    }

    static List<String> inputs(Step step) {
        return step.inputs().stream().map(InputReference::toString).toList();
    }

    static List<String> outputs(Step step) {
        return step.outputs().stream().map(DatasetName::value).toList();
    }

    /** The DAG in the version of the run. */
    DagGraph graph(RunViews.Summary summary) {
        return dags.require(new DagVersionId(new DagId(summary.dag()), summary.version()))
                .graph();
    }

    /**
     * What is known beside the rows of a run's steps.
     *
     * @param waiting what steps wait for, of those that do
     * @param subRuns the newest run that each step has started, of those that have
     */
    private record Around(RunViews.Summary run, Map<StepId, String> waiting, Map<StepId, RunViews.SubRun> subRuns) {}

    private Around around(List<RunViews.Step> rows, DagGraph graph, RunViews.Summary summary) {
        boolean runsOthers = graph.definition().steps().stream().anyMatch(step -> step.kind() == StepKind.DAG);
        RunId run = RunId.of(summary.run());
        return new Around(summary, waits.of(run, graph, rows), runsOthers ? queries.subRuns(run) : Map.of());
    }

    private List<RunViews.Step> steps(List<RunViews.Step> rows, DagGraph graph, RunViews.Summary summary) {
        Map<String, RunViews.Step> stored =
                rows.stream().collect(Collectors.toMap(RunViews.Step::step, Function.identity()));
        List<RunViews.Step> steps = new ArrayList<>();
        Around around = around(rows, graph, summary);
        for (StepId id : graph.order()) {
            RunViews.Step step = stored.get(id.value());
            if (step != null) {
                steps.add(joined(step, graph.step(id), around));
            }
            if (graph.step(id).foreach().isPresent()) {
                steps.addAll(items(id, stored.values(), graph, around));
            }
        }
        return List.copyOf(steps);
    }

    /** The items of a step in their order. */
    private List<RunViews.Step> items(StepId step, Collection<RunViews.Step> stored, DagGraph graph, Around around) {
        return stored.stream()
                .filter(candidate -> candidate.step().startsWith(step.value() + "."))
                .sorted(Comparator.comparingInt(item -> Integer.parseInt(item.item()
                        .map(values -> values.get(StepRun.ITEM_INDEX))
                        .orElse("0"))))
                .map(item -> joined(item, graph.step(new StepId(item.step())), around))
                .toList();
    }

    private RunViews.Step joined(RunViews.Step stored, Step declared, Around around) {
        StepId id = new StepId(stored.step());
        return new RunViews.Step(
                stored.step(),
                declared.kind().word(),
                declared.execution().executor().executorName(),
                stored.state(),
                stored.reason(),
                stored.attempts(),
                stored.startedAt(),
                stored.finishedAt(),
                stored.nextAttemptAt(),
                stored.failure(),
                stored.reading(),
                stored.verdict(),
                stored.state() == StepState.RUNNING
                        ? progress.of(RunId.of(around.run().run()), id)
                        : Optional.empty(),
                Optional.ofNullable(around.waiting().get(id)),
                stored.mark(),
                inputs(declared),
                outputs(declared),
                stored.item(),
                Optional.ofNullable(around.subRuns().get(id)),
                actions(around.run().state(), stored));
    }

    private static List<Action> actions(RunState run, RunViews.Step stored) {
        StepState step = stored.state();
        List<Action> actions = new ArrayList<>();
        if (run.isTerminal()) {
            actions.add(Action.RERUN_FROM);
        }
        if (run.isTerminal() || run == RunState.RUNNING) {
            if (step != StepState.SUCCEEDED) {
                actions.add(Action.MARK_SUCCEEDED);
            }
            if (step != StepState.FAILED) {
                actions.add(Action.MARK_FAILED);
            }
        }
        return actions;
    }

    private static List<Action> actions(RunState state) {
        return switch (state) {
            case QUEUED, RUNNING -> List.of(Action.CANCEL);
            case CANCELLING -> List.of();
            case SUCCEEDED -> List.of(Action.RERUN_FROM, Action.RERUN_ALL);
            case FAILED, CANCELLED -> List.of(Action.RERUN_FAILED, Action.RERUN_FROM, Action.RERUN_ALL);
        };
    }
}
