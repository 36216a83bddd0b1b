package io.tidegate.scheduler.engine;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.ObservationListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An executor of a server that may crash: from that instant on nothing of the server reaches the other side. */
final class CrashableExecutor implements Executor {
    private final Executor executor;
    private final List<LaunchKey> launched = new CopyOnWriteArrayList<>();
    private boolean crashed;

    CrashableExecutor(Executor executor) {
        this.executor = executor;
    }

    synchronized void crash() {
        crashed = true;
    }

    /** What this server has tried to launch. */
    List<LaunchKey> launched() {
        return List.copyOf(launched);
    }

    @Override
    public String name() {
        return executor.name();
    }

    @Override
    public boolean takesPlace() {
        return executor.takesPlace();
    }

    /** Holding the lock while the launch is handed on is what makes the crash fall before it or after it. */
    @Override
    public synchronized LaunchResult launch(LaunchRequest request) {
        launched.add(request.key());
        return crashed ? new LaunchResult.Unknown("crashed") : executor.launch(request);
    }

    @Override
    public FindResult find(LaunchKey key) {
        return executor.find(key);
    }

    @Override
    public boolean forgo(LaunchKey key) {
        return executor.forgo(key);
    }

    @Override
    public void watch(ExternalJob job, ObservationListener listener) {
        executor.watch(job, listener);
    }

    @Override
    public synchronized void cancel(ExternalJob job) {
        if (!crashed) {
            executor.cancel(job);
        }
    }

    @Override
    public AttemptOutput output(LaunchKey key) {
        return executor.output(key);
    }

    @Override
    public List<ClusterListing> list() {
        return executor.list();
    }

    @Override
    public void close() {
        executor.close();
    }
}
