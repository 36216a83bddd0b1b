package io.tidegate.scheduler.engine;

import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.plan.RunPlanner;
import io.tidegate.scheduler.resolve.StepResolver;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Works on runs: owns them, plans, commits, launches, listens. Everything it knows is in the database; stopping it at any instant loses nothing.
 * Safe for use by several threads.
 */
public final class Engine implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    private static final int LOOKING_THREADS = 4;
    private static final int LEASE_PARTS = 3;

    private final Duration stopWithin;
    private final RunActors actors = new RunActors();
    private final ExecutorService launchThreads;
    private final ExecutorService lookingThreads = Executors.newFixedThreadPool(LOOKING_THREADS, Threads.named("look"));
    private final Lanes lanes;
    private final GroupCommitter committer;
    private final LeaseKeeper lease;
    private final Loop leases;
    private final Loop claims;
    private final Loop commands;
    private final Loop places;

    /**
     * Puts an engine together; nothing moves before {@link #start}.
     *
     * @param nodeName what people call this server
     * @param timers not closed by the engine
     */
    public Engine(
            String nodeName,
            EngineStores stores,
            EnginePorts ports,
            StepResolver resolver,
            EngineSettings settings,
            Timers timers,
            InstantSource clock) {
        EngineSettings.Pace pace = settings.pace();
        Patience patience = Patience.of(pace);
        stopWithin = pace.stopWithin();
        launchThreads = Executors.newFixedThreadPool(settings.limits().launchThreads(), Threads.named("launch"));
        lanes = new Lanes(settings.lanes());
        committer = new GroupCommitter(
                stores.runs(), clock, patience, settings.limits().commitBatch());
        Retrier looking = new Retrier(lookingThreads, timers, clock, patience);
        PlaceGate gate = new PlaceGate(stores.places(), clock, this::placesWanted);
        Dispatcher dispatcher = new Dispatcher(
                ports,
                new JobEnds(ports, resolver, looking),
                new Admission(gate, new Slots(settings.limits().attempts())),
                new Retrier(launchThreads, timers, clock, patience),
                looking);
        Effects effects =
                new Effects(resolver, dispatcher, looking, timers, ports.champions(), stores.runs(), this::runsWaiting);
        RunActor.Surroundings around = new RunActor.Surroundings(
                new RunPlanner(resolver::withoutReads), lanes, committer, effects, ports.listener(), actors, new RunActor.Alarm(clock, timers, pace.linger()));
        lease = new LeaseKeeper(stores.nodes(), nodeName, pace.lease(), actors::dropAll, this::runsWaiting);
        RunClaimer claimer = new RunClaimer(
                stores.runs(),
                ports.dags(),
                lease::node,
                around,
                settings.limits().runs());
        CommandPump pump = new CommandPump(stores.commands(), ports.dags(), lease::node, actors);
        leases = new Loop("lease", pace.lease().dividedBy(LEASE_PARTS), lease::round, timers, clock);
        claims = new Loop("claim", pace.claimEvery(), () -> claim(claimer), timers, clock);
        commands = new Loop("command", pace.commandsEvery(), pump::round, timers, clock);
        places = new Loop("places", pace.claimEvery(), gate::round, timers, clock);
    }

    private void placesWanted() {
        places.wake();
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
        leases.wake();
        claims.wake();
        commands.wake();
        places.wake();
    }

    /** Runs may be waiting: look now and not at the next poll. */
    public void runsWaiting() {
        claims.wake();
    }

    /** Commands may be waiting: look now and not at the next poll. */
    public void commandsWaiting() {
        commands.wake();
        claims.wake();
    }

    /** Lets a run ask the executor after the job of one of its attempts. Nothing happens when this node does not own the run. */
    public void lookAgain(RunId run, StepId step, int attempt) {
        actors.find(run).ifPresent(actor -> actor.post(new PlannerEvent.LookWanted(step, attempt)));
    }

    /** Each loop with the instant of its last round. */
    public List<LoopHealth> health() {
        return List.of(leases.health(), claims.health(), commands.health(), places.health(), committer.health());
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
     * Stops working: what was decided is written, jobs go on, and the runs are given back for the next server to adopt. Waits some seconds at
     * most for a database that is away.
     */
    @Override
    public void close() {
        try {
            claims.close(stopWithin);
            commands.close(stopWithin);
            places.close(stopWithin);
            launchThreads.shutdown();
            if (!launchThreads.awaitTermination(stopWithin.toMillis(), TimeUnit.MILLISECONDS)) {
                launchThreads.shutdownNow();
            }
            lookingThreads.shutdownNow();
            lanes.settle(stopWithin);
            committer.close(stopWithin);
            lanes.close(stopWithin);
            leases.close(stopWithin);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        actors.dropAll();
        release();
    }

    private void release() {
        try {
            lease.release();
        } catch (StoreUnavailableException outage) {
            LOG.log(System.Logger.Level.WARNING, "the lease runs out by itself: {0}", outage.getMessage());
        }
    }
}
