package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.resolve.Item;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.scheduler.view.RunViews.Action;
import io.tidegate.server.definitions.StoredDags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Joins what the database knows of a run with what its DAG version declares. */
final class RunPresenter {
    private final RunQueries queries;
    private final StoredDags dags;

    RunPresenter(RunQueries queries, StoredDags dags) {
        this.queries = queries;
        this.dags = dags;
    }

    RunViews.Summary summary(RunId run) {
        return queries.run(run).orElseThrow(() -> ProblemException.notFound("there is no run '" + run + "'"));
    }

    RunViews.Detail detail(RunId run) {
        RunViews.Summary summary = summary(run);
        DagGraph graph = graph(summary);
        return new RunViews.Detail(summary, steps(summary, graph), edges(graph), actions(summary.state()));
    }

    RunViews.Step step(RunViews.Summary summary, StepId step) {
        return steps(summary, graph(summary)).stream()
                .filter(candidate -> candidate.step().equals(step.value()))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("run " + summary.run() + " has no step '" + step + "'"));
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

    private DagGraph graph(RunViews.Summary summary) {
        return dags.require(new DagVersionId(new DagId(summary.dag()), summary.version()))
                .graph();
    }

    private List<RunViews.Step> steps(RunViews.Summary summary, DagGraph graph) {
        Map<String, RunViews.Step> stored = queries.steps(RunId.of(summary.run())).stream()
                .collect(Collectors.toMap(RunViews.Step::step, Function.identity()));
        List<RunViews.Step> steps = new ArrayList<>();
        for (StepId id : graph.order()) {
            RunViews.Step step = stored.get(id.value());
            if (step != null) {
                steps.add(joined(step, graph.step(id), summary.state()));
            }
            if (graph.step(id).foreach().isPresent()) {
                steps.addAll(items(id, stored.values(), graph, summary.state()));
            }
        }
        return List.copyOf(steps);
    }

    /** The items of a step in their order. */
    private static List<RunViews.Step> items(
            StepId step, Collection<RunViews.Step> stored, DagGraph graph, RunState run) {
        return stored.stream()
                .filter(candidate -> candidate.step().startsWith(step.value() + "."))
                .sorted(Comparator.comparingInt(item -> Integer.parseInt(
                        item.item().map(values -> values.get(Item.INDEX)).orElse("0"))))
                .map(item -> joined(item, graph.step(new StepId(item.step())), run))
                .toList();
    }

    private static RunViews.Step joined(RunViews.Step stored, Step declared, RunState run) {
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
                inputs(declared),
                outputs(declared),
                stored.item(),
                run.isTerminal() ? List.of(Action.RERUN_FROM) : List.of());
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
