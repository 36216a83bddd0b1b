package io.tidegate.server.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.dag.DagId;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.progress.ProgressBoard;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.store.AlertStore;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.store.ModelStore;
import io.tidegate.scheduler.store.PlaceStore;
import io.tidegate.scheduler.trigger.BackfillService;
import io.tidegate.scheduler.trigger.ClearService;
import io.tidegate.scheduler.trigger.CurrentDags;
import io.tidegate.scheduler.trigger.ScheduleService;
import io.tidegate.scheduler.trigger.TriggerService;
import io.tidegate.scheduler.truth.TruthReport;
import io.tidegate.scheduler.view.BackfillQueries;
import io.tidegate.scheduler.view.DagViews;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.scheduler.view.DataViews;
import io.tidegate.scheduler.view.NodeQueries;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.server.definitions.StoredDags;
import io.tidegate.server.report.ApiReports;
import io.tidegate.server.token.AttemptTokens;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Makes the resources of the REST interface. */
public final class RestApi {
    private RestApi() {}

    /** Where resources read and write. */
    public record Stores(
            RunQueries runs,
            DataQueries data,
            DagStore dags,
            ModelStore models,
            AlertStore alerts,
            CommandStore commands,
            BackfillQueries backfills,
            PlaceStore places,
            NodeQueries nodes) {}

    /** What resources know of DAGs. */
    public record Dags(
            CurrentDags current,
            StoredDags stored,
            TriggerService triggers,
            ScheduleService schedules,
            BackfillService backfills,
            Supplier<List<DagViews.FileProblem>> problems,
            LogicalTimes times) {}

    /** What resources tell the rest of the server. */
    public record Notices(
            Runnable wakeEngine,
            Consumer<DagId> schedule,
            Consumer<ModelStore.Champion> champion,
            Runnable wakeBackfills) {}

    /**
     * What resources know of attempts.
     *
     * @param installation what their jobs are marked with
     * @param progress how far the running ones are
     * @param truth asks every cluster now
     */
    public record Attempts(
            InstallationId installation,
            BiFunction<String, LaunchKey, AttemptOutput> outputs,
            Predicate<LaunchKey> isGoing,
            AttemptTokens tokens,
            ApiReports reports,
            ProgressBoard progress,
            Supplier<TruthReport> truth) {}

    /**
     * What answers are made with.
     *
     * @param json writes them
     * @param changes grows with every change that the server hears of
     * @param server what the server says of itself
     * @param alerts adds to an alert what only files and DAG versions know
     */
    public record Answers(
            ObjectMapper json,
            LongSupplier changes,
            Supplier<DagViews.Server> server,
            UnaryOperator<DataViews.AlertView> alerts) {}

    /** All resources. */
    public static List<Object> resources(
            Stores stores, Dags dags, Notices notices, Attempts attempts, Answers answers, InstantSource clock) {
        RunPresenter runs = new RunPresenter(
                stores.runs(), dags.stored(), attempts.progress(), new WaitReasons(stores.places(), clock));
        DagPresenter presenter = new DagPresenter(dags, stores);
        RunCommands commands = new RunCommands(stores.commands(), notices.wakeEngine());
        return List.of(
                new ProblemMapper(),
                new ServerResource(answers.server()),
                new OverviewResource(presenter, answers.json(), answers.changes()),
                new DagResource(presenter, runs, stores.dags(), dags.triggers(), wakeUps(notices), clock),
                new ScheduleResource(
                        dag -> presenter.require(Requests.dag(dag)), dags.times(), dags.schedules(), clock),
                new VersionResource(stores.data(), dags.stored()),
                new RunResource(stores.runs(), runs, commands),
                new RepairResource(runs, dags, commands),
                new ClearResource(clears(stores, dags), notices.wakeEngine()),
                new DagBackfillResource(dags.backfills(), stores.backfills(), notices.wakeBackfills(), clock),
                new BackfillResource(dags.backfills(), stores.backfills(), notices.wakeBackfills(), clock),
                new LogResource(stores.runs(), attempts.outputs()),
                new MetricResource(stores.runs()),
                new ModelResource(stores.data(), stores.models(), notices.champion(), clock),
                new DatasetResource(dags.current(), stores.data()),
                new LineageResource(dags.current(), stores.data()),
                new AlertResource(stores.data(), stores.alerts(), answers.alerts(), clock),
                new PoolResource(stores.places(), clock),
                new NodeResource(stores.nodes()),
                new TruthResource(attempts.installation(), attempts.truth()),
                new ReportResource(attempts.tokens(), attempts.reports(), attempts.isGoing()));
    }

    private static ClearService clears(Stores stores, Dags dags) {
        return new ClearService(
                dags.current(),
                stores.runs(),
                stores.commands(),
                version -> dags.stored().require(version).graph());
    }

    private static DagResource.DagWakeUps wakeUps(Notices notices) {
        return new DagResource.DagWakeUps() {
            @Override
            public void runsMade() {
                notices.wakeEngine().run();
            }

            @Override
            public void scheduleChanged(DagId dag) {
                notices.schedule().accept(dag);
            }
        };
    }
}
