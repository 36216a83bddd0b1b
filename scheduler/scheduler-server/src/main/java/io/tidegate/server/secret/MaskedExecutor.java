package io.tidegate.server.secret;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.JobProgress;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** An executor from which no secret comes back: values are hidden in all that it says of jobs, and in what these wrote. Thread-safe as it is. */
public final class MaskedExecutor implements Executor {
    private final Executor executor;
    private final Supplier<SecretMask> masks;

    /** @param masks what is hidden now */
    public MaskedExecutor(Executor executor, Supplier<SecretMask> masks) {
        this.executor = executor;
        this.masks = masks;
    }

    @Override
    public String name() {
        return executor.name();
    }

    @Override
    public LaunchResult launch(LaunchRequest request) {
        LaunchResult result = executor.launch(request);
        if (result instanceof LaunchResult.Rejected rejected) {
            return new LaunchResult.Rejected(rejected.kind(), hide(rejected.message()));
        }
        return result instanceof LaunchResult.Unknown unknown
                ? new LaunchResult.Unknown(hide(unknown.message()))
                : result;
    }

    @Override
    public FindResult find(LaunchKey key) {
        FindResult result = executor.find(key);
        return result instanceof FindResult.Unknown unknown ? new FindResult.Unknown(hide(unknown.message())) : result;
    }

    @Override
    public boolean forgo(LaunchKey key) {
        return executor.forgo(key);
    }

    @Override
    public void watch(ExternalJob job, ObservationListener listener) {
        executor.watch(job, (key, observation) -> listener.observed(key, hidden(observation)));
    }

    private Observation hidden(Observation observation) {
        if (observation instanceof Observation.Ended ended) {
            return new Observation.Ended(ended.exitCode(), ended.failure(), hide(ended.message()));
        }
        if (observation instanceof Observation.Described described) {
            Map<String, String> details = new HashMap<>();
            described.details().forEach((name, value) -> details.put(name, hide(value)));
            return new Observation.Described(details);
        }
        return observation;
    }

    private String hide(String text) {
        return masks.get().hide(text);
    }

    @Override
    public void cancel(ExternalJob job) {
        executor.cancel(job);
    }

    @Override
    public boolean takesPlace() {
        return executor.takesPlace();
    }

    @Override
    public AttemptOutput output(LaunchKey key) {
        return new MaskedOutput(executor.output(key), masks);
    }

    @Override
    public List<ClusterListing> list() {
        return executor.list();
    }

    @Override
    public Optional<JobProgress> progress(ExternalJob job) {
        return executor.progress(job).map(found -> new JobProgress(found.fraction(), hide(found.message())));
    }

    @Override
    public void close() {
        executor.close();
    }
}
