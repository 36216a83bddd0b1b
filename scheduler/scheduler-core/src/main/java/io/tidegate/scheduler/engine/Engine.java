package io.tidegate.scheduler.engine;

import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.node.NodeReport;
import io.tidegate.scheduler.node.NodeSignal;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.plan.RunPlanner;
import io.tidegate.scheduler.resolve.StepResolver;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Works on runs: owns them, plans, commits, launches, listens. Everything it knows is in the database; stopping it at any instant loses nothing.
 * Safe for use by several threads.
 */
public final class Engine implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    private static final int LOOKING_THREADS = 4;
    private static final int LEASE_PARTS = 3;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final Duration stopWithin;
    private final InstantSource clock;
    private final RunActors actors = new RunActors();
    private final ExecutorService launchThreads;
    private final ExecutorService lookingThreads = Executors.newFixedThreadPool(LOOKING_THREADS, Threads.named("look"));
    private final Lanes lanes;
    private final GroupCommitter committer;
    private final Neighbours neighbours;
    private final Dispatcher dispatcher;
    private final LeaseKeeper lease;
    private final Supplier<List<LoopLag>> serverLoops;
    private final Loop leases;
    private final Loop balances;
    private final Loop claims;
    private final Loop commands;
    private final Loop places;
    private volatile boolean draining;

    /**
     * Puts an engine together; nothing moves before {@link #start}.
     *
     * @param host the server around it
     * @param timers not closed by the engine
     */
    public Engine(
            EngineHost host,
            EngineStores stores,
            EnginePorts ports,
            StepResolver resolver,
            EngineSettings settings,
            Timers timers,
            InstantSource clock) {
        EngineSettings.Pace pace = settings.pace();
        EngineSettings.Limits limits = settings.limits();
        Patience patience = Patience.of(pace);
        this.clock = clock;
        stopWithin = pace.stopWithin();
        serverLoops = host.loops();
        neighbours = new Neighbours(stores.nodes(), stores.signals());
        launchThreads = Executors.newFixedThreadPool(limits.launchThreads(), Threads.named("launch"));
        lanes = new Lanes(settings.lanes());
        committer = new GroupCommitter(stores.runs(), host.nanoTime(), patience, limits.commitBatch());
        LeaseTerm term = new LeaseTerm(pace.lease(), clock, host.nanoTime());
        Retrier looking = new Retrier(lookingThreads, timers, clock, patience);
        PlaceGate gate =
                new PlaceGate(stores.places(), clock, this::placesWanted, () -> neighbours.tell(NodeSignal.PLACES));
        dispatcher = new Dispatcher(
                ports,
                new JobEnds(ports, resolver, looking),
                new Admission(gate, new Slots(limits.attempts())),
                new Retrier(launchThreads, timers, clock, patience),
                looking,
                term::isRunning);
        Effects effects =
                new Effects(resolver, dispatcher, looking, ports.champions(), stores.runs(), this::runsWaiting);
        RunActor.Alarm alarm = new RunActor.Alarm(clock, timers, pace.linger());
        RunActor.Surroundings around = new RunActor.Surroundings(
                new RunPlanner(resolver::withoutReads), lanes, committer, effects, ports.listener(), actors, alarm);
        lease = new LeaseKeeper(stores.nodes(), host.profile(), term, this::report, actors::dropAll, this::registered);
        RunClaimer claimer =
                new RunClaimer(stores.runs(), ports.dags(), lease::node, around, neighbours, limits.runs());
        CommandPump pump = new CommandPump(stores.commands(), ports.dags(), lease::node, actors);
        Loop.Time time = new Loop.Time(timers, clock, host.nanoTime());
        leases = new Loop("lease", pace.lease().dividedBy(LEASE_PARTS), lease::round, time);
        balances = balancing(pace.lease(), time);
        claims = new Loop("claim", pace.claimEvery(), () -> claim(claimer), time);
        commands = new Loop("command", pace.commandsEvery(), pump::round, time);
        places = new Loop("places", pace.claimEvery(), gate::round, time);
    }

    private void placesWanted() {
        places.wake();
    }

    private void registered() {
        balances.wake();
        runsWaiting();
    }

    /** A loop apart from that of the lease: looking at runs may take long, and must not cost this node its lease. */
    private Loop balancing(Duration period, Loop.Time time) {
        Balancer balancer = new Balancer(neighbours, actors, clock);
        Runnable round = () -> {
            if (!draining) {
                lease.node().ifPresent(balancer::round);
            }
        };
        return new Loop("balance", period.dividedBy(LEASE_PARTS), round, time);
    }

    private NodeReport report() {
        return new NodeReport(
                draining,
                Stream.concat(loops().stream(), serverLoops.get().stream()).toList());
    }

    /** A run may have been taken over because a command waits for it. */
    private void claim(RunClaimer claimer) {
        int before = actors.size();
        claimer.round();
        if (actors.size() > before) {
            commands.wake();
        }
    }

    /** Begins to work. Waits for nothing: while the database is away the engine waits for it. */
    public void start() {
        committer.start();
        neighbours.listen(this::hear);
        leases.wake();
        claims.wake();
        commands.wake();
        places.wake();
    }

    private void hear(Set<NodeSignal> heard) {
        if (heard.contains(NodeSignal.RUNS) || heard.contains(NodeSignal.COMMANDS)) {
            claims.wake();
        }
        if (heard.contains(NodeSignal.COMMANDS)) {
            commands.wake();
        }
        if (heard.contains(NodeSignal.PLACES)) {
            places.wake();
        }
    }

    /** Runs may be waiting: look now and not at the next poll, here and on the other nodes. */
    public void runsWaiting() {
        claims.wake();
        neighbours.tell(NodeSignal.RUNS);
    }

    /** Commands may be waiting: look now and not at the next poll, here and on the other nodes. */
    public void commandsWaiting() {
        commands.wake();
        claims.wake();
        neighbours.tell(NodeSignal.COMMANDS);
    }

    /** Lets a run ask the executor after the job of one of its attempts. Nothing happens when this node does not own the run. */
    public void lookAgain(RunId run, StepId step, int attempt) {
        actors.find(run).ifPresent(actor -> actor.post(new PlannerEvent.LookWanted(step, attempt)));
    }

    /** Each loop with how long it has been silent. */
    public List<LoopLag> loops() {
        List<LoopLag> all = new ArrayList<>(
                List.of(leases.lag(), balances.lag(), claims.lag(), commands.lag(), places.lag(), committer.lag()));
        neighbours.silence().ifPresent(silence -> all.add(new LoopLag("signals", silence, LONGEST_SILENCE)));
        return all;
    }

    /** Whether this node is giving its runs back, or has done so: it takes no new ones. */
    public boolean isDraining() {
        return draining;
    }

    /** How many runs are held in memory. */
    public int runs() {
        return actors.size();
    }

    /** Runs that could not be worked on; the log says why. They are tried again when the server is started again. */
    public Set<RunId> setAside() {
        return actors.setAside();
    }

    /**
     * Lets go of all work: no run is claimed and nothing is launched any more, what was decided is written, jobs go on, and the runs are given
     * back for other nodes, which are woken, or the next start. Waits some seconds at most for launches that are under way and for a database
     * that is away. Nothing happens the second time.
     */
    public synchronized void drain() {
        if (draining) {
            return;
        }
        draining = true;
        leases.wake();
        int runs = actors.size();
        Instant begin = clock.instant();
        try {
            settle();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        actors.dropAll();
        launchThreads.shutdownNow();
        release();
        LOG.log(
                System.Logger.Level.INFO,
                "{0} runs were given back within {1} ms",
                runs,
                Duration.between(begin, clock.instant()).toMillis());
    }

    /** In this order: nothing new comes, what is under way is heard of, planned and written. */
    private void settle() throws InterruptedException {
        dispatcher.launchNothing();
        balances.close(stopWithin);
        claims.close(stopWithin);
        commands.close(stopWithin);
        places.close(stopWithin);
        launchThreads.shutdown();
        boolean unused = launchThreads.awaitTermination(stopWithin.toMillis(), TimeUnit.MILLISECONDS);
        lookingThreads.shutdownNow();
        lanes.settle(stopWithin);
        committer.close(stopWithin);
        lanes.close(stopWithin);
        leases.close(stopWithin);
    }

    private void release() {
        try {
            lease.release();
            neighbours.tell(NodeSignal.RUNS);
        } catch (StoreUnavailableException outage) {
            LOG.log(System.Logger.Level.WARNING, "the lease runs out by itself: {0}", outage.getMessage());
        }
    }

    /** Drains, and ends. */
    @Override
    public void close() {
        drain();
    }
}
