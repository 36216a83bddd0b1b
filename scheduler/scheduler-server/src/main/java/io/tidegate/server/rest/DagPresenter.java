package io.tidegate.server.rest;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.DagId;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.step.Step;
import io.tidegate.scheduler.trigger.CurrentDags;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import io.tidegate.scheduler.view.DagViews;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.server.definitions.StoredDags;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Joins what DAG files declare with what happened to their runs. */
final class DagPresenter {
    private static final int RECENT_RUNS = 25;
    private static final int VERSIONS = 50;

    private final CurrentDags dags;
    private final StoredDags stored;
    private final RunQueries runs;
    private final DataQueries data;
    private final Function<CurrentDag, Optional<Instant>> nextRun;
    private final Supplier<List<DagViews.FileProblem>> problems;

    DagPresenter(
            CurrentDags dags,
            StoredDags stored,
            RunQueries runs,
            DataQueries data,
            Function<CurrentDag, Optional<Instant>> nextRun,
            Supplier<List<DagViews.FileProblem>> problems) {
        this.dags = dags;
        this.stored = stored;
        this.runs = runs;
        this.data = data;
        this.nextRun = nextRun;
        this.problems = problems;
    }

    List<DagViews.FileProblem> problems() {
        return problems.get();
    }

    List<DagViews.Summary> summaries() {
        return dags.all().stream().map(this::summary).toList();
    }

    CurrentDag require(DagId dag) {
        return dags.find(dag).orElseThrow(() -> ProblemException.notFound("there is no DAG '" + dag + "'"));
    }

    DagViews.Summary summary(CurrentDag dag) {
        DagDefinition definition = dag.graph().definition();
        return new DagViews.Summary(
                dag.id().value(),
                dag.version().hash(),
                definition.description().title(),
                definition.description().owner(),
                definition.description().tags(),
                definition.schedule().map(DagPresenter::words),
                dag.paused(),
                nextRun.apply(dag),
                runs.runs(Optional.of(dag.id().value()), Optional.empty(), Optional.empty(), RECENT_RUNS)
                        .items());
    }

    DagViews.Detail detail(DagId id) {
        CurrentDag dag = require(id);
        DagGraph graph = dag.graph();
        return new DagViews.Detail(
                summary(dag),
                graph.definition().description().text(),
                graph.order().stream().map(graph::step).map(DagPresenter::step).toList(),
                RunPresenter.edges(graph),
                graph.definition().parameters().stream()
                        .map(DagPresenter::parameter)
                        .toList(),
                data.versions(id, VERSIONS),
                stored.require(dag.version()).version().source());
    }

    private static String words(Schedule schedule) {
        return schedule.describe();
    }

    private static DagViews.StepView step(Step step) {
        return new DagViews.StepView(
                step.id().value(),
                step.kind().word(),
                step.execution().executor().executorName(),
                RunPresenter.inputs(step),
                RunPresenter.outputs(step),
                step.work().model().map(ModelName::value));
    }

    private static DagViews.ParameterView parameter(Parameter parameter) {
        return new DagViews.ParameterView(
                parameter.name(),
                parameter.type().word(),
                parameter.defaultValue(),
                parameter.minimum(),
                parameter.maximum(),
                parameter.description());
    }
}
