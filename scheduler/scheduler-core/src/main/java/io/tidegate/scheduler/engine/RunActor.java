package io.tidegate.scheduler.engine;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.StepKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.plan.Effect;
import io.tidegate.scheduler.plan.Happening;
import io.tidegate.scheduler.plan.Plan;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.plan.RunPlanner;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.store.RunStore.ClaimedRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One run in memory. What happens to it goes to its mailbox and is planned on its lane; at most one commit is under way, and what arrives
 * meanwhile is planned and written together. Effects leave after their commit. Only {@link #post}, {@link #offer}, {@link #drop}, {@link #isLive} and
 * {@link #waitsForRun} may be called from other threads.
 */
final class RunActor {
    private static final System.Logger LOG = System.getLogger(RunActor.class.getName());

    /** What every actor works with. */
    record Surroundings(
            RunPlanner planner,
            Lanes lanes,
            GroupCommitter committer,
            Effects effects,
            RunListener listener,
            RunActors actors,
            Alarm alarm) {
        InstantSource clock() {
            return alarm.clock();
        }
    }

    /**
     * When it is, and who wakes a run.
     *
     * @param linger how long the news of a launch that was accepted may wait for company
     */
    record Alarm(InstantSource clock, Timers timers, Duration linger) {}

    private final ClaimedRun claim;
    private final DagGraph graph;
    private final Surroundings around;
    private final Mailbox mailbox = new Mailbox(this::mayLinger);
    private final WakeUps wakeUps;
    private final Set<Long> commands = new HashSet<>();
    private RunSnapshot snapshot;
    private boolean committing;
    private Surplus surplus = Surplus.NONE;
    private long sequence;
    private final boolean runsOthers;
    private volatile boolean live = true;
    private volatile boolean waitsForRun;

    RunActor(ClaimedRun claim, DagGraph graph, RunSnapshot snapshot, Surroundings around) {
        this.claim = claim;
        this.graph = graph;
        this.snapshot = snapshot;
        this.around = around;
        this.wakeUps = new WakeUps(around.alarm().timers());
        this.runsOthers = graph.definition().steps().stream().anyMatch(step -> step.kind() == StepKind.DAG);
        noteWaiting();
    }

    private void noteWaiting() {
        waitsForRun = runsOthers
                && snapshot.attempts().values().stream()
                        .anyMatch(attempt -> attempt.executor().equals(ExecutorSettings.SubDag.NAME)
                                && !attempt.state().isTerminal());
    }

    /** Whether a step of it waits for another run. */
    boolean waitsForRun() {
        return waitsForRun;
    }

    RunId id() {
        return claim.id();
    }

    long fence() {
        return claim.fence();
    }

    DagGraph graph() {
        return graph;
    }

    /** What the run wants to be woken for. */
    WakeUps wakeUps() {
        return wakeUps;
    }

    /** Whether the run still is this actor's. */
    boolean isLive() {
        return live;
    }

    /** Tells the run what happened. */
    void post(PlannerEvent event) {
        Happening happening = new Happening(event, now());
        around.lanes().on(id(), () -> {
            if (live && isNew(event)) {
                if (mailbox.add(happening)) {
                    linger(happening);
                }
                advance();
            }
        });
    }

    private Instant now() {
        return around.clock().instant();
    }

    /** A launch is found again by its key, so that it need not be on record at once; a short job's end may soon be written with it. */
    private boolean mayLinger(PlannerEvent event) {
        return event instanceof PlannerEvent.LaunchAccepted
                && !around.alarm().linger().isZero();
    }

    private void linger(Happening happening) {
        Runnable unused = around.alarm().timers().at(now().plus(around.alarm().linger()), () -> lingered(happening));
    }

    private void lingered(Happening happening) {
        around.lanes().on(id(), () -> {
            mailbox.lingered(happening);
            advance();
        });
    }

    /** Gives the run back as soon as nothing of it is at work, if it is among those that are to be. */
    void offer(Surplus offered) {
        around.lanes().on(id(), () -> {
            surplus = offered;
            boolean idle = live && !committing && mailbox.isEmpty() && hasOnlyUnlaunched(around.effects()::holds);
            if (idle && surplus.take(id())) {
                around.effects().release(this);
            }
        });
    }

    /** Lets go of the run, without a word to the database: somebody else may own it. */
    void drop() {
        live = false;
        wakeUps.over();
        around.actors().forget(this);
        around.effects().forget(id());
    }

    /** A command is pending until its commit is written, and may be read again until then. */
    private boolean isNew(PlannerEvent event) {
        return !(event instanceof PlannerEvent.CommandGiven given)
                || commands.add(given.command().id());
    }

    private void advance() {
        try {
            while (live && !committing && mailbox.isDue()) {
                List<Happening> batch = mailbox.take();
                Plan plan = around.planner().plan(graph, snapshot, batch);
                if (plan.changes().isEmpty()) {
                    snapshot = plan.next();
                    carryOut(plan.effects());
                } else {
                    commit(plan, batch);
                }
            }
        } catch (RuntimeException bug) {
            setAside(bug);
        }
    }

    private void commit(Plan plan, List<Happening> batch) {
        committing = true;
        sequence++;
        RunCommit commit = new RunCommit(id(), fence(), sequence, plan.changes());
        around.committer().writeOrSubmit(commit, new GroupCommitter.Callback() {
            @Override
            public void done(CommitOutcome outcome) {
                around.lanes().on(id(), () -> committed(plan, batch, outcome));
            }

            @Override
            public void failed(RuntimeException problem) {
                around.lanes().on(id(), () -> setAside(problem));
            }
        });
    }

    private void committed(Plan plan, List<Happening> batch, CommitOutcome outcome) {
        if (!live) {
            return;
        }
        committing = false;
        try {
            switch (outcome) {
                case WRITTEN -> written(plan);
                case STALE -> stale();
                case CONFLICT -> judgeAgain(batch);
            }
        } catch (RuntimeException bug) {
            setAside(bug);
            return;
        }
        advance();
    }

    private void written(Plan plan) {
        snapshot = plan.next();
        noteWaiting();
        tell(plan.changes());
        for (Change change : plan.changes()) {
            if (change instanceof Change.AttemptWritten written
                    && written.attempt().state().isTerminal()) {
                around.effects().over(this, written.attempt());
            }
        }
        if (surplus.isLeft() && standsBetweenSteps(plan) && surplus.take(id())) {
            // A pointer is for good; everything else the next owner begins with.
            carryOut(plan.effects().stream()
                    .filter(Effect.Publish.class::isInstance)
                    .toList());
            around.effects().release(this);
        } else {
            carryOut(plan.effects());
        }
    }

    /** Whether nothing is at work: what was launched has ended, and what is to be launched has not begun. */
    private boolean standsBetweenSteps(Plan plan) {
        Set<LaunchKey> next = plan.effects().stream()
                .filter(Effect.Launch.class::isInstance)
                .map(effect -> ((Effect.Launch) effect).attempt().key())
                .collect(Collectors.toSet());
        return hasOnlyUnlaunched(next::contains);
    }

    private boolean hasOnlyUnlaunched(Predicate<LaunchKey> isUnlaunched) {
        return snapshot.run().state().isActive()
                && snapshot.attempts().values().stream()
                        .filter(attempt -> !attempt.state().isTerminal())
                        .allMatch(attempt ->
                                attempt.state() == AttemptState.LAUNCHING && isUnlaunched.test(attempt.key()));
    }

    private void tell(List<Change> changes) {
        try {
            around.listener().committed(snapshot.run(), changes);
        } catch (RuntimeException deaf) {
            LOG.log(System.Logger.Level.WARNING, "a listener failed on what was committed of run " + id(), deaf);
        }
    }

    private void carryOut(List<Effect> effects) {
        effects.forEach(effect -> around.effects().carryOut(this, snapshot.run(), effect));
    }

    private void stale() {
        LOG.log(System.Logger.Level.WARNING, "run {0} belongs to another server now and is dropped", id());
        drop();
    }

    /** The champion changed while the gate judged: nothing was written, and the step is looked up again. */
    private void judgeAgain(List<Happening> batch) {
        for (Happening happening : batch) {
            if (happening.event() instanceof PlannerEvent.StepResolved resolved && Mailbox.isPublication(resolved)) {
                carryOut(List.of(new Effect.Resolve(resolved.step())));
            }
        }
    }

    /**
     * Something is wrong with this run alone, a bug or a row that nobody can read: it is left as it is in the database, is not worked on until
     * the next start, and disturbs nobody else.
     */
    private void setAside(RuntimeException problem) {
        if (!live) {
            return;
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "run " + id() + " of DAG " + graph.definition().id()
                        + " is set aside until the server is started again; its jobs go on",
                problem);
        drop();
        around.actors().setAside(id());
        Change note = new Change.EventAppended(
                now(),
                Optional.empty(),
                Optional.empty(),
                "run_set_aside",
                Map.of("reason", String.valueOf(problem.getMessage())));
        around.committer()
                .submit(new RunCommit(id(), fence(), sequence + 1, List.of(note)), new GroupCommitter.Callback() {
                    @Override
                    public void done(CommitOutcome outcome) {
                        LOG.log(System.Logger.Level.DEBUG, "run {0} set aside: {1}", id(), outcome);
                    }

                    @Override
                    public void failed(RuntimeException again) {
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "that run " + id() + " is set aside cannot be written down",
                                again);
                    }
                });
    }
}
