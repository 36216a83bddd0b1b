package io.tidegate.scheduler.engine;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.PoolName;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeLoad;
import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.scheduler.node.NodeReport;
import io.tidegate.scheduler.pool.Pool;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.NodeStore;
import io.tidegate.scheduler.store.PlaceStore;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One server's way to the {@link FakeDatabase}, which a test can break. */
final class FakeConnection implements RunStore, CommandStore, NodeStore, PlaceStore {
    private final FakeDatabase database;
    private final AtomicInteger commits = new AtomicInteger();
    private volatile boolean away;
    private volatile boolean claimUnheard;
    private volatile int crashAt = Integer.MAX_VALUE;
    private volatile boolean crashAfterWriting;
    private volatile Runnable crash = () -> {};
    private volatile boolean cut;
    private volatile boolean registered;
    private final AtomicInteger looks = new AtomicInteger();
    private volatile UnaryOperator<List<RunCommit>> poison = UnaryOperator.identity();

    FakeConnection(FakeDatabase database) {
        this.database = database;
    }

    EngineStores stores() {
        return new EngineStores(this, this, this, this, new FakeSignals(database.listeners()));
    }

    /** Lets the database be away, or come back. */
    void away(boolean isAway) {
        away = isAway;
    }

    /** Calls the crash at the given commit, counted from 1, just before it is written or just after. */
    void crashAt(int commit, boolean afterWriting, Runnable action) {
        crashAt = commit;
        crashAfterWriting = afterWriting;
        crash = action;
    }

    /** Whether the server is known to the others. */
    boolean registered() {
        return registered;
    }

    /** How often the server has looked how runs are spread. */
    int looks() {
        return looks.get();
    }

    /** From now on nobody hears the server any more. */
    void cut() {
        cut = true;
    }

    /** Lets commits meet something the database cannot take. */
    void poison(UnaryOperator<List<RunCommit>> check) {
        poison = check;
    }

    @Override
    public List<CommitOutcome> commit(List<RunCommit> batch) {
        checkReachable();
        boolean last = commits.incrementAndGet() == crashAt;
        if (last && !crashAfterWriting) {
            crash.run();
        }
        checkReachable();
        List<CommitOutcome> outcomes = database.commit(poison.apply(batch));
        if (last && crashAfterWriting) {
            crash.run();
        }
        checkReachable();
        return outcomes;
    }

    private void checkReachable() {
        if (away || cut) {
            throw new StoreUnavailableException("the database is away", null);
        }
    }

    @Override
    public CreatedRun createIfAbsent(Run run, List<StepId> steps, Overlap overlap) {
        checkReachable();
        database.create(run, steps, overlap);
        return new CreatedRun(run.id(), true);
    }

    @Override
    public void createIfAbsent(List<NewRun> runs, Map<DagId, Instant> decidedUpTo) {
        throw new UnsupportedOperationException("an engine makes no scheduled runs");
    }

    /** The connection breaks once while runs are taken over: after they were, before the answer is heard. */
    void loseAnswerToClaim() {
        claimUnheard = true;
    }

    @Override
    public List<ClaimedRun> claim(NodeId node, Wish wish) {
        checkReachable();
        List<ClaimedRun> claimed = database.claim(node, wish);
        if (claimUnheard && !claimed.isEmpty()) {
            claimUnheard = false;
            throw new StoreUnavailableException("the connection broke", null);
        }
        return claimed;
    }

    @Override
    public List<ClaimedRun> owned(NodeId node) {
        checkReachable();
        return database.owned(node);
    }

    @Override
    public void release(RunId run, long fence) {
        checkReachable();
        database.release(run, fence);
    }

    @Override
    public Map<RunId, RunSnapshot> load(Collection<RunId> wanted) {
        checkReachable();
        return wanted.stream().collect(Collectors.toMap(run -> run, database::snapshot));
    }

    @Override
    public long submit(Command command) {
        checkReachable();
        return database.submit(command);
    }

    @Override
    public List<Command> pending(NodeId owner) {
        checkReachable();
        return database.pending(owner);
    }

    @Override
    public void register(NodeId node, NodeProfile profile, Duration lease) {
        checkReachable();
        database.register(node);
        registered = true;
    }

    @Override
    public boolean renew(NodeId node, Duration lease, NodeReport report) {
        checkReachable();
        return database.renew(node, report);
    }

    @Override
    public NodeLoad load(NodeId node) {
        checkReachable();
        NodeLoad load = database.load(node);
        looks.incrementAndGet();
        return load;
    }

    @Override
    public void release(NodeId node) {
        checkReachable();
        database.leave(node);
    }

    @Override
    public Set<LaunchKey> grant(Instant now) {
        checkReachable();
        return database.grant(now);
    }

    @Override
    public Standing standing() {
        throw new UnsupportedOperationException("the engine does not ask");
    }

    @Override
    public List<Pool> pools() {
        throw new UnsupportedOperationException("the engine does not ask");
    }

    @Override
    public Pool set(PoolName pool, int places, Audit by) {
        throw new UnsupportedOperationException("people do so");
    }

    @Override
    public boolean remove(PoolName pool, Audit by) {
        throw new UnsupportedOperationException("people do so");
    }

    @Override
    public void declare(Map<PoolName, Integer> configured, Audit by) {
        throw new UnsupportedOperationException("the server does so");
    }

    @Override
    public List<PoolEvent> history(int limit) {
        throw new UnsupportedOperationException("people ask");
    }
}
