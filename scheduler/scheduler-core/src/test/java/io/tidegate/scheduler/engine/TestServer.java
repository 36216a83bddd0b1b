package io.tidegate.scheduler.engine;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload;
import io.tidegate.executor.testkit.FakeExecutor;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.resolve.StepResolver;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.sample.FakeConditions;
import io.tidegate.scheduler.sample.FakeReads;
import io.tidegate.scheduler.sample.PlainJson;
import io.tidegate.scheduler.sample.Weeks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** One life of a server: a real engine on a fake database, a fake executor and a clock the test moves. */
final class TestServer implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(30);

    private static EngineSettings.Pace pace(Duration linger) {
        return new EngineSettings.Pace(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                LEASE,
                Duration.ofMillis(2),
                Duration.ofMillis(20),
                Duration.ofMillis(60),
                linger);
    }

    /** What servers share and what outlives them. */
    static final class World {
        final FakeDatabase database = new FakeDatabase();
        final ManualTimers clock = new ManualTimers();
        final AtomicLong nanoTime = new AtomicLong();
        final FakeReads reads = new FakeReads();
        final Map<DagVersionId, DagGraph> dags = new ConcurrentHashMap<>();
        final Map<String, StepReport> reports = new ConcurrentHashMap<>();
        final List<String> published = new CopyOnWriteArrayList<>();
        final List<Change> heard = new CopyOnWriteArrayList<>();
        FakeExecutor executor = new FakeExecutor("process");
        Function<LaunchOrder, LaunchRequest> requests = TestServer::request;
        OutputContents contents = OutputContents.UNKNOWN;
        boolean deaf;
        int attempts = 100;
        Duration linger = Duration.ZERO;
        String executorName = "process";

        private void hear(List<Change> changes) {
            if (deaf) {
                throw new IllegalStateException("the listener is broken");
            }
            heard.addAll(changes);
        }
    }

    final World world;
    final FakeConnection connection;
    final CrashableExecutor executor;
    final Engine engine;

    TestServer(World world) {
        this.world = world;
        this.connection = new FakeConnection(world.database);
        this.executor = new CrashableExecutor(world.executor);
        EnginePorts ports = new EnginePorts(
                name -> name.equals(world.executorName) ? Optional.of(executor) : Optional.empty(),
                new Catalogue(world),
                order -> world.requests.apply(order),
                new Reports(world),
                (owner, uris) -> world.contents.look(owner, uris),
                model -> world.published.add(model.value()),
                (run, changes) -> world.hear(changes));
        this.engine = new Engine(
                new EngineHost(new NodeProfile("test", "1.0.0"), List::of, world.nanoTime::get),
                connection.stores(),
                ports,
                new StepResolver(world.reads, new Weeks(), new FakeConditions(), new PlainJson(), "/data"),
                new EngineSettings(2, new EngineSettings.Limits(world.attempts, 100, 4, 100), pace(world.linger)),
                world.clock,
                world.clock);
    }

    /** A server that is up. */
    static TestServer up(World world) {
        TestServer server = new TestServer(world);
        server.engine.start();
        return server;
    }

    /** Ends as with {@code kill -9}: nothing is written, launched or heard any more. */
    void kill() {
        executor.crash();
        connection.cut();
        world.executor = world.executor.restarted();
    }

    /** As {@link #kill}, and its lease has run out. */
    void killAndExpire() {
        kill();
        world.database.expireLeases();
    }

    @Override
    public void close() {
        engine.close();
    }

    private static LaunchRequest request(LaunchOrder order) {
        Run run = order.run();
        return new LaunchRequest(
                order.attempt().key(),
                new AttemptIdentity(
                        run.version().dag(),
                        "",
                        run.id().toString(),
                        order.attempt().step(),
                        order.attempt().number()),
                order.graph().step(order.attempt().step()).execution().executor(),
                new Workload.CommandLine(List.of("true")),
                new LaunchRequest.Surroundings(order.folder(), Map.of(), "{}"),
                order.graph().step(order.attempt().step()).limits().timeout());
    }

    private record Catalogue(World world) implements DagCatalogue {
        @Override
        public DagGraph graph(DagVersionId version) {
            return Optional.ofNullable(world.dags.get(version))
                    .orElseThrow(() -> new IllegalStateException("there is no version " + version));
        }

        @Override
        public String folder(DagVersionId version) {
            return "/dags/" + version.dag();
        }
    }

    /** Reports by step name, as a test puts them there. */
    private record Reports(World world) implements ReportReader {
        @Override
        public StepReport read(LaunchKey key, AttemptOutput output) throws IOException {
            if (output.report().read() == '!') {
                throw new IOException("input/output error");
            }
            return world.reports.entrySet().stream()
                    .filter(entry -> key.value().contains("-" + entry.getKey() + "-"))
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElse(StepReport.EMPTY);
        }
    }
}
