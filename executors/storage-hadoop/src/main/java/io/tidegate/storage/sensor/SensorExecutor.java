package io.tidegate.storage.sensor;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import io.tidegate.executor.Workload;
import io.tidegate.storage.StorageLocation;
import io.tidegate.storage.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;

/**
 * Waits for data: no process, no place among the attempts that work, a few threads for all that wait. What is waited for is in the job's details
 * and in the attempt's folder, so a restart forgets nothing.
 */
public final class SensorExecutor implements Executor {
    /** How steps choose it, which is by their kind. */
    public static final String NAME = "sensor";

    private static final int THREADS = 4;
    private static final int TERMINATED = 143;

    private final Path attempts;
    private final Condition.Looks looks;
    private final InstantSource clock;
    private final Map<LaunchKey, Watch> watches = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
        Thread thread = new Thread(task, "tidegate-sensor");
        thread.setDaemon(true);
        return thread;
    });

    /** One that waits for files alone. */
    public SensorExecutor(Path attempts, Storages storages, InstantSource clock) {
        this(attempts, storages, Map.of(), clock);
    }

    /**
     * @param attempts the folder that holds the attempts' folders
     * @param storages not closed with the executor
     * @param probes who looks for what is no file, by the word for it
     */
    public SensorExecutor(Path attempts, Storages storages, Map<String, Probe> probes, InstantSource clock) {
        this.attempts = attempts;
        this.looks = new Condition.Looks(storages, Map.copyOf(probes));
        this.clock = clock;
        threads.setRemoveOnCancelPolicy(true);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean takesPlace() {
        return false;
    }

    @Override
    public LaunchResult launch(LaunchRequest request) {
        LaunchKey key = request.key();
        Optional<String> refusal = refusal(request);
        if (refusal.isPresent()) {
            return new LaunchResult.Rejected(FailureKind.USER, refusal.get());
        }
        SensorFolder folder = folder(key);
        try {
            Optional<Condition> begun = folder.condition();
            Condition condition = begun.orElseGet(() -> condition(request));
            if (begun.isEmpty()) {
                folder.begin(condition);
            }
            return new LaunchResult.Accepted(job(key, condition));
        } catch (IOException problem) {
            return new LaunchResult.Rejected(
                    FailureKind.PLATFORM, "cannot write the attempt's folder " + folder.path() + ": " + problem);
        }
    }

    private static Condition condition(LaunchRequest request) {
        return request.workload() instanceof Workload.AwaitedData data
                ? FileCondition.of(request, data)
                : new ProbedCondition((Workload.Awaited) request.workload());
    }

    /** Why it cannot be waited for; empty when it can. */
    private Optional<String> refusal(LaunchRequest request) {
        if (request.settings() instanceof ExecutorSettings.Sensor
                && request.workload() instanceof Workload.AwaitedData data) {
            return StorageLocation.of(data.uri()).isPresent()
                    ? Optional.empty()
                    : Optional.of("'" + data.uri() + "' is neither an absolute path nor a URI with a scheme");
        }
        if (request.settings() instanceof ExecutorSettings.Sensor
                && request.workload() instanceof Workload.Awaited awaited) {
            Probe probe = looks.probes().get(awaited.what());
            return probe == null
                    ? Optional.of("this server has nobody who looks for '" + awaited.what() + "'")
                    : probe.refusal(awaited.condition());
        }
        return Optional.of("executor '" + NAME + "' waits for data, and attempt " + request.key() + " awaits none");
    }

    @Override
    public FindResult find(LaunchKey key) {
        try {
            return folder(key)
                    .condition()
                    .<FindResult>map(condition -> new FindResult.Found(job(key, condition)))
                    .orElseGet(FindResult.NotFound::new);
        } catch (IOException problem) {
            return new FindResult.Unknown("cannot read the attempt's folder: " + problem);
        }
    }

    private static ExternalJob job(LaunchKey key, Condition condition) {
        return new ExternalJob(key, condition.subject(), condition.details());
    }

    private SensorFolder folder(LaunchKey key) {
        return SensorFolder.of(attempts, key);
    }

    @Override
    public void watch(ExternalJob job, ObservationListener listener) {
        Watch watch = new Watch(
                job.key(),
                Condition.of(job.details()),
                folder(job.key()),
                listener,
                new Watch.Surroundings(looks, clock, threads, watches));
        watches.put(job.key(), watch);
        watch.begin();
    }

    @Override
    public void cancel(ExternalJob job) {
        threads.execute(() -> Watch.end(
                job.key(),
                folder(job.key()),
                watches,
                Observation.Ended.failed(FailureKind.USER, TERMINATED, "stopped waiting")));
    }

    @Override
    public AttemptOutput output(LaunchKey key) {
        return folder(key);
    }

    @Override
    public List<ClusterListing> list() {
        List<ClusterListing.ListedJob> jobs = new ArrayList<>();
        try (Stream<Path> folders = Files.exists(attempts) ? Files.list(attempts) : Stream.empty()) {
            for (Path path : (Iterable<Path>) folders::iterator) {
                SensorFolder folder = new SensorFolder(path);
                Optional<LaunchKey> key = LaunchKey.of(path.getFileName().toString());
                Optional<Condition> condition = folder.condition();
                if (key.isPresent() && condition.isPresent()) {
                    boolean waits = folder.end().isEmpty();
                    jobs.add(new ClusterListing.ListedJob(
                            job(key.get(), condition.get()), waits ? "waiting" : "ended", waits, true, folder.since()));
                }
            }
        } catch (IOException problem) {
            return List.of(ClusterListing.unknown("local", "cannot read " + attempts + ": " + problem));
        }
        return List.of(ClusterListing.of("local", jobs));
    }

    @Override
    public void close() {
        watches.clear();
        threads.shutdownNow();
    }
}
