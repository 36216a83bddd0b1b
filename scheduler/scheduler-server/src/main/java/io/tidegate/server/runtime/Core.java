package io.tidegate.server.runtime;

import io.tidegate.dag.DagId;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.kubernetes.ClusterState;
import io.tidegate.executor.kubernetes.KubernetesExecutor;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.engine.Engine;
import io.tidegate.scheduler.engine.EngineHost;
import io.tidegate.scheduler.engine.EnginePorts;
import io.tidegate.scheduler.engine.EngineStores;
import io.tidegate.scheduler.engine.RunListener;
import io.tidegate.scheduler.engine.ScheduledTimers;
import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.resolve.StepResolver;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.store.ModelStore;
import io.tidegate.scheduler.store.Outbox;
import io.tidegate.scheduler.subrun.SubRunExecutor;
import io.tidegate.scheduler.truth.TruthKeeper;
import io.tidegate.scheduler.view.DataViews;
import io.tidegate.server.alert.AlertEnrichment;
import io.tidegate.server.archive.Archivist;
import io.tidegate.server.condition.CelConditions;
import io.tidegate.server.condition.JacksonValues;
import io.tidegate.server.database.Database;
import io.tidegate.server.definitions.EngineCatalogue;
import io.tidegate.server.home.HomeFolder;
import io.tidegate.server.launch.StepLaunchRequests;
import io.tidegate.server.publication.ChampionPointerFiles;
import io.tidegate.server.report.ApiReports;
import io.tidegate.server.report.AttemptReports;
import io.tidegate.server.rest.RestApi;
import io.tidegate.server.secret.SecretRules;
import io.tidegate.server.secret.SecretValues;
import io.tidegate.server.secret.Secrets;
import io.tidegate.server.sensor.Conditions;
import io.tidegate.server.sensor.HttpProbe;
import io.tidegate.server.sensor.IntervalProbe;
import io.tidegate.server.sensor.SqlProbe;
import io.tidegate.server.sensor.TimeProbe;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.SensorsSection;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.server.settings.TruthSection;
import io.tidegate.server.stream.CommittedChanges;
import io.tidegate.server.stream.EventHub;
import io.tidegate.server.token.AttemptTokens;
import io.tidegate.storage.Storages;
import io.tidegate.storage.sensor.Probe;
import io.tidegate.store.PostgresStores;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything between the database and HTTP, wired together by hand. */
final class Core implements AutoCloseable {
    private static final Duration SCAN_EVERY = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(15);
    private static final Duration TRUTH_EVERY = Duration.ofSeconds(15);
    private static final Duration FEED_EVERY = Duration.ofSeconds(2);
    /** What arrives on this server is looked at at once; this is for what arrives on others. */
    private static final Duration ARRIVALS_EVERY = Duration.ofSeconds(15);

    private static final Duration POINTERS_EVERY = Duration.ofMinutes(1);

    private final PostgresStores stores;
    private final Definitions definitions;
    private final Scheduling scheduling;
    private final ServerExecutors executors;
    private final AttemptReports reports;
    private final Storing storing;
    private final ScheduledTimers timers;
    private final Engine engine;
    private final TruthKeeper truth;
    private final Progress progress;
    private final QuotaPools quotaPools;
    private final Deliveries deliveries;
    private final Loops loops;
    private final EventHub hub = new EventHub();
    private final AttemptTokens tokens;
    private final ApiReports apiReports;
    private final AlertEnrichment enrichment;
    private final ChampionPointerFiles pointers;
    private final NodeProfile node;
    private final InstallationId installation;
    private final ConfigurationFile file;

    private Core(Database database, ServerSettings settings, HomeFolder home, String address, InstantSource clock)
            throws IOException {
        file = settings.file();
        stores = OpenedStores.of(database, file, clock);
        Secrets secrets = secrets(file);
        definitions = Definitions.of(stores, settings, home, secrets, clock);
        scheduling = Scheduling.of(stores, definitions, file, clock);
        Storages storages = Storing.storages(file, clock);
        installation = stores.installation();
        executors = ServerExecutors.of(
                settings,
                installation,
                home,
                new ServerExecutors.Waiting(storages, probes(), subRuns()),
                secrets::mask,
                clock);
        tokens = AttemptTokens.keptIn(home.secret());
        apiReports = new ApiReports(home.attempts(), secrets::mask);
        reports = new AttemptReports(apiReports, text -> secrets.mask().hide(text));
        storing = Storing.of(
                storages,
                file,
                home,
                new Archivist.Attempts(executors::output, reports, stores.runQueries()::attemptEnd),
                clock);
        enrichment = new AlertEnrichment(stores.runQueries(), definitions.stored(), storing.archivist()::output);
        pointers = new ChampionPointerFiles(stores.models());
        deliveries = deliveries(address, clock);
        timers = new ScheduledTimers(clock);
        node = NodeNames.profile(file, address);
        engine = engine(settings, home, address, secrets, clock);
        truth = truth(clock);
        progress = Progress.of(executors::find, stores.runningAttempts(), apiReports, hub);
        quotaPools = new QuotaPools(
                stores.places(),
                executors.kubernetes().<QuotaPools.Quotas>map(kubernetes -> kubernetes::quota),
                file.declaredPools().quotas(),
                clock);
        loops = new Loops(clock, System::nanoTime);
    }

    private Deliveries deliveries(String address, InstantSource clock) {
        return new Deliveries(
                stores, Deliveries.alerts(stores, file, enrichment, address), Deliveries.lineage(stores, file), clock);
    }

    private Map<String, Probe> probes() {
        SensorsSection allowed = file.sensors().orElse(SensorsSection.NONE);
        return Map.of(
                Conditions.TIME, new TimeProbe(),
                Conditions.DAG, new IntervalProbe(stores.runQueries()),
                Conditions.HTTP, new HttpProbe(allowed.addresses()),
                Conditions.SQL, new SqlProbe(allowed.askable()));
    }

    private SubRunExecutor subRuns() {
        return new SubRunExecutor(new SubRunExecutor.Collaborators(
                scheduling.subRuns(stores.subRuns()),
                stores.subRuns(),
                stores.runQueries(),
                stores.commands(),
                () -> engine.runsWaiting(),
                () -> engine.commandsWaiting()));
    }

    private TruthKeeper truth(InstantSource clock) {
        return new TruthKeeper(
                executors::list,
                stores.attemptBooks(),
                attempt -> engine.lookAgain(attempt.run(), attempt.step(), attempt.number()),
                file.truth().map(TruthSection::patience).orElse(TruthKeeper.Patience.DEFAULT),
                clock);
    }

    static Core open(Database database, ServerSettings settings, HomeFolder home, String address, InstantSource clock)
            throws IOException {
        return new Core(database, settings, home, address, clock);
    }

    private static Secrets secrets(ConfigurationFile file) {
        SecretRules rules = file.secrets()
                .map(section -> new SecretRules(section.variables(), section.folders()))
                .orElse(SecretRules.NOTHING);
        return new Secrets(rules, System::getenv);
    }

    private Engine engine(
            ServerSettings settings, HomeFolder home, String address, SecretValues secrets, InstantSource clock) {
        String data = home.data().toString();
        EnginePorts ports = new EnginePorts(
                executors::find,
                new EngineCatalogue(definitions.stored()),
                new StepLaunchRequests(
                        settings.installation().stepLibrary(),
                        home.data(),
                        tokens,
                        () -> Map.of("TIDEGATE_API", address),
                        secrets),
                reports,
                storing.outputs(),
                pointers,
                listener());
        return new Engine(
                new EngineHost(node, this::ownLoops, System::nanoTime),
                new EngineStores(stores.runs(), stores.commands(), stores.nodes(), stores.places(), stores.signals()),
                ports,
                new StepResolver(
                        stores.resolutionReads(), scheduling.times(), new CelConditions(), new JacksonValues(), data),
                EngineLimits.of(settings.file()),
                timers,
                clock);
    }

    private RunListener listener() {
        CommittedChanges changes = new CommittedChanges(hub, deliveries::wake);
        return (run, written) -> {
            changes.committed(run, written);
            storing.committed(run, written);
            executors.dags().committed(run, written);
            if (written.stream().anyMatch(Core::writesData)) {
                loops.wake("arrivals");
            }
            if (run.trigger().kind() == TriggerKind.BACKFILL && run.state().isTerminal()) {
                loops.wake("backfills");
            }
        };
    }

    private static boolean writesData(Change change) {
        return change instanceof Change.ReportTaken taken
                && taken.uses().stream().anyMatch(use -> use.direction() == StepReport.Direction.WRITE);
    }

    /** Takes in the DAG files, then lets everything move. */
    void start() {
        definitions.stored().findSecrets();
        definitions.scan();
        pointers.refreshAll();
        engine.start();
        scheduling.start();
        deliveries.start();
        loops.every("definitions", SCAN_EVERY, new RestingTask(this::scan, System::nanoTime));
        loops.every("stream", HEARTBEAT_EVERY, hub::heartbeat);
        loops.every("truth", TRUTH_EVERY, truth::round);
        loops.every("progress", file.executionOrUsual().progressInterval(), progress.keeper()::round);
        loops.every("pointers", POINTERS_EVERY, pointers::refreshAll);
        loops.every("arrivals", ARRIVALS_EVERY, scheduling.schedules()::wakeForData);
        loops.every("backfills", FEED_EVERY, this::feedBackfills);
        quotaPools.start(loops);
        storing.start(loops, file);
        file.history()
                .ifPresent(kept ->
                        new HistoryKeeping(stores.history(), kept, loops.clock(), System::nanoTime).start(loops));
    }

    private void scan() {
        List<DagId> changed = definitions.scan();
        scheduling.schedules().wake(changed);
        changed.forEach(dag -> hub.tell("dag", Map.of("dag", dag.value())));
    }

    private void feedBackfills() {
        if (scheduling.backfills().feed()) {
            engine.commandsWaiting();
        }
    }

    EventHub hub() {
        return hub;
    }

    InstallationId installation() {
        return installation;
    }

    String node() {
        return node.name();
    }

    /** Gives the runs to other servers; what people ask is answered all the same. */
    void drain() {
        engine.drain();
    }

    boolean isDraining() {
        return engine.isDraining();
    }

    PostgresStores stores() {
        return stores;
    }

    int runsInHand() {
        return engine.runs();
    }

    int runsSetAside() {
        return engine.setAside().size();
    }

    TruthKeeper truth() {
        return truth;
    }

    /** Since when the oldest message that is due waits. */
    Optional<Instant> oldestDue(Outbox.Topic topic, Instant now) {
        return stores.outbox().due(topic, now, 1).stream()
                .map(Outbox.Message::createdAt)
                .findFirst();
    }

    List<LoopLag> loops() {
        List<LoopLag> all = new ArrayList<>(engine.loops());
        all.addAll(ownLoops());
        return all;
    }

    private List<LoopLag> ownLoops() {
        List<LoopLag> all = new ArrayList<>(deliveries.lags());
        all.addAll(loops.lags());
        return all;
    }

    /** How well each Kubernetes cluster is seen. */
    List<ClusterState> clusters() {
        return executors.kubernetes().map(KubernetesExecutor::states).orElse(List.of());
    }

    DataViews.AlertView enriched(DataViews.AlertView alert) {
        return enrichment.apply(alert);
    }

    RestApi.Stores restStores() {
        return new RestApi.Stores(
                stores.runQueries(),
                stores.dataQueries(),
                stores.dags(),
                stores.models(),
                stores.alerts(),
                stores.commands(),
                stores.backfillQueries(),
                stores.places(),
                stores.nodeQueries());
    }

    RestApi.Dags restDags() {
        return new RestApi.Dags(
                definitions.current(),
                definitions.stored(),
                scheduling.triggers(),
                scheduling.schedules(),
                scheduling.backfills(),
                definitions.registry()::problems,
                scheduling.times());
    }

    RestApi.Notices restNotices() {
        return new RestApi.Notices(
                engine::commandsWaiting,
                scheduling.schedules()::wake,
                this::championTakenBack,
                () -> loops.wake("backfills"));
    }

    RestApi.Attempts restAttempts() {
        return new RestApi.Attempts(
                installation,
                storing.archivist()::output,
                key -> stores.runQueries()
                        .attemptState(key)
                        .filter(state -> !state.isTerminal())
                        .isPresent(),
                tokens,
                apiReports,
                progress.keeper().board(),
                truth::look);
    }

    private void championTakenBack(ModelStore.Champion champion) {
        pointers.refreshAll();
        hub.tell(
                "model",
                Map.of(
                        "model",
                        champion.version().model().value(),
                        "champion",
                        champion.version().version()));
    }

    @Override
    public void close() {
        loops.close();
        progress.close();
        scheduling.close();
        definitions.close();
        engine.close();
        timers.close();
        deliveries.close();
        executors.close();
        storing.close();
        stores.close();
    }
}
