package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.step.Step;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.trigger.CatchUpGuard;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import io.tidegate.scheduler.trigger.DagOutline;
import io.tidegate.scheduler.trigger.ScheduleService;
import io.tidegate.scheduler.view.DagViews;
import io.tidegate.scheduler.view.RunViews;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins what DAG files declare with what happened to their runs. */
final class DagPresenter {
    private static final int RECENT_RUNS = 25;
    private static final int VERSIONS = 50;

    private static final int EVENTS = 50;

    private final RestApi.Dags dags;
    private final RestApi.Stores stores;

    DagPresenter(RestApi.Dags dags, RestApi.Stores stores) {
        this.dags = dags;
        this.stores = stores;
    }

    List<DagViews.FileProblem> problems() {
        return dags.problems().get();
    }

    List<DagViews.Summary> summaries() {
        List<CurrentDag> all = dags.current().all();
        Map<String, List<RunViews.Summary>> recent =
                recentRuns(all.stream().map(dag -> dag.id().value()).toList());
        return all.stream()
                .map(dag -> summary(dag, recent.getOrDefault(dag.id().value(), List.of())))
                .toList();
    }

    CurrentDag require(DagId dag) {
        return dags.current().find(dag).orElseThrow(() -> ProblemException.notFound("there is no DAG '" + dag + "'"));
    }

    DagViews.Summary summary(CurrentDag dag) {
        String name = dag.id().value();
        return summary(dag, recentRuns(List.of(name)).getOrDefault(name, List.of()));
    }

    private Map<String, List<RunViews.Summary>> recentRuns(List<String> names) {
        return stores.runs().recentRuns(names, RECENT_RUNS);
    }

    private DagViews.Summary summary(CurrentDag dag, List<RunViews.Summary> recent) {
        DagOutline outline = dag.outline();
        return new DagViews.Summary(
                dag.id().value(),
                dag.version().hash(),
                outline.heading().title(),
                outline.heading().owner(),
                outline.heading().tags(),
                outline.schedule().map(DagPresenter::words),
                dag.paused(),
                pause(dag),
                dags.schedules()
                        .catchingUp(dag)
                        .map(behind -> new DagViews.CatchingUp(behind.intervals(), CatchUpGuard.MOST_WAITING)),
                dags.schedules().nextRun(dag),
                recent);
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
                stores.data().versions(id, VERSIONS),
                stores.dags().events(id, EVENTS).stream()
                        .map(DagPresenter::event)
                        .toList(),
                dags.stored().require(dag.version()).version().source());
    }

    private Optional<DagViews.Pause> pause(CurrentDag dag) {
        if (!dag.paused()) {
            return Optional.empty();
        }
        Optional<Audit> by = stores.dags().events(dag.id(), 1).stream()
                .filter(event -> event.type().equals(DagStore.DagEvent.PAUSED))
                .map(DagStore.DagEvent::by)
                .findFirst();
        ScheduleService.Undecided undecided = dags.schedules().undecided(dag);
        return Optional.of(new DagViews.Pause(
                by.map(Audit::at),
                by.map(Audit::actor),
                by.map(Audit::reason).filter(reason -> !reason.isEmpty()),
                undecided.intervals(),
                undecided.dueRuns()));
    }

    private static DagViews.DagEventView event(DagStore.DagEvent event) {
        Audit by = event.by();
        return new DagViews.DagEventView(event.id(), by.at(), event.type(), by.actor(), by.reason());
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
                parameter.bounds().minimum(),
                parameter.bounds().maximum(),
                parameter.bounds().pattern(),
                parameter.bounds().choices(),
                parameter.description());
    }
}
