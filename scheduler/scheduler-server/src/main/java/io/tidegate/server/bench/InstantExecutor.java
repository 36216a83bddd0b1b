package io.tidegate.server.bench;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Takes the place of local processes: every job has succeeded as soon as it is watched, or goes on for ever. What is left is the cost of the engine.
 * Thread-safe.
 */
final class InstantExecutor implements Executor {
    private static final AttemptOutput NOTHING = new AttemptOutput() {
        @Override
        public long logSize() {
            return 0;
        }

        @Override
        public byte[] readLog(long offset, int maximumBytes) {
            return new byte[0];
        }

        @Override
        public InputStream report() {
            return InputStream.nullInputStream();
        }
    };

    private final boolean ends;

    private InstantExecutor(boolean ends) {
        this.ends = ends;
    }

    /** Jobs end at once. */
    static InstantExecutor ending() {
        return new InstantExecutor(true);
    }

    /** Jobs never end. */
    static InstantExecutor lasting() {
        return new InstantExecutor(false);
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public LaunchResult launch(LaunchRequest request) {
        return new LaunchResult.Accepted(new ExternalJob(request.key(), "instant", Map.of()));
    }

    @Override
    public FindResult find(LaunchKey key) {
        return new FindResult.NotFound();
    }

    @Override
    public void watch(ExternalJob job, ObservationListener listener) {
        if (ends) {
            listener.observed(job.key(), Observation.Ended.succeeded());
        }
    }

    @Override
    public void cancel(ExternalJob job) {
        // It has ended, or nobody waits for it.
    }

    @Override
    public AttemptOutput output(LaunchKey key) {
        return NOTHING;
    }

    @Override
    public List<ClusterListing> list() {
        return List.of();
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
