package io.tidegate.executor.spark;

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
import io.tidegate.executor.process.ProcessExecutor;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.spark.cluster.SparkCluster;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs attempts as Spark applications, each a spark-submit of its own, started as a local process. A driver on this machine is found,
 * watched and ended as that process; a driver in a cluster is found by its mark, watched and ended through the cluster, whatever becomes of
 * the submit. Safe for use by several threads.
 */
public final class SparkExecutor implements Executor {
    private static final String NAME = "spark";

    private final ProcessExecutor processes;
    private final LocalDrivers drivers;
    private final Launches launches;
    private final ClusterAttempts attempts;

    /**
     * @param processSettings how the processes are run; the name in it does not count
     * @param clock for the time of launch in the attempt's folder
     * @throws java.io.UncheckedIOException when the folder of the attempts or the cache cannot be written
     */
    public SparkExecutor(SparkSettings settings, ProcessSettings processSettings, InstantSource clock) {
        this(settings, processSettings, clock, ClassList.bundled());
    }

    SparkExecutor(SparkSettings settings, ProcessSettings processSettings, InstantSource clock, ClassList classList) {
        this.processes = new ProcessExecutor(processSettings.withName(NAME), clock);
        SparkFiles files = SparkFiles.install(settings.cache());
        this.drivers = new LocalDrivers(settings, files, classList);
        Destinations destinations = new Destinations(settings, processSettings.installation());
        this.attempts =
                new ClusterAttempts(destinations, processes, settings.lookInterval(), processSettings.logLimit());
        this.launches = new Launches(destinations, drivers, processes, files);
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Makes the class-data archive in the background, unless it is there already. Launches do it too; a server that calls this when it
     * starts has the archive sooner.
     *
     * @return completes with whether there is an archive
     */
    public CompletableFuture<Boolean> prepare() {
        return drivers.prepare();
    }

    @Override
    public LaunchResult launch(LaunchRequest request) {
        if (processes.find(request.key()) instanceof FindResult.Found found) {
            return new LaunchResult.Accepted(attempts.described(found.job()));
        }
        LaunchResult result = launches.launch(request);
        return result instanceof LaunchResult.Accepted accepted
                ? new LaunchResult.Accepted(attempts.described(accepted.job()))
                : result;
    }

    @Override
    public FindResult find(LaunchKey key) {
        FindResult here = processes.find(key);
        if (here instanceof FindResult.Found found) {
            return new FindResult.Found(attempts.described(found.job()));
        }
        // The folder may be gone, or older than the submit: after a backup was put back, say.
        return here instanceof FindResult.NotFound ? attempts.findInClusters(key) : here;
    }

    @Override
    public boolean forgo(LaunchKey key) {
        return processes.forgo(key);
    }

    @Override
    public void watch(ExternalJob job, ObservationListener listener) {
        ObservationListener clearing = (key, observation) -> {
            if (observation instanceof Observation.Ended) {
                attempts.forget(key);
                // A driver that was killed leaves its spilled data behind.
                FileTrees.delete(processes.folder(key).scratch());
            }
            listener.observed(key, observation);
        };
        ObservationListener ofCluster = (key, observation) -> {
            if (observation instanceof Observation.Ended) {
                // A submit that waits for its application has nothing to wait for any more.
                processes.cancel(job);
            }
            clearing.observed(key, observation);
        };
        if (!attempts.watch(job, ofCluster)) {
            processes.watch(job, clearing);
        }
    }

    @Override
    public void cancel(ExternalJob job) {
        processes.cancel(job);
        attempts.cancel(job);
    }

    @Override
    public AttemptOutput output(LaunchKey key) {
        return attempts.output(key);
    }

    @Override
    public List<ClusterListing> list() {
        return attempts.list();
    }

    @Override
    public Optional<JobProgress> progress(ExternalJob job) {
        Map<String, String> details = job.details();
        String application = details.get(ClusterDriver.APPLICATION_ID);
        String page = details.get(ClusterDriver.TRACKING_URL);
        if (application == null || page == null) {
            return Optional.empty();
        }
        try {
            Optional<SparkCluster> cluster = attempts.clusterOf(job);
            return cluster.isPresent() ? SparkProgress.of(cluster.get(), page, application) : Optional.empty();
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        drivers.close();
        attempts.close();
        processes.close();
    }
}
