package io.tidegate.executor.spark;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import io.tidegate.executor.process.ProcessExecutor;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.spark.cluster.SparkCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Leads from launch keys to clusters: which one an attempt was submitted to, and what it has of ours. Safe for use by several threads. */
final class ClusterAttempts implements AutoCloseable {
    private final Destinations destinations;
    private final ProcessExecutor processes;
    private final Duration interval;
    private final long logLimit;
    private final Map<SparkCluster, ClusterWatcher> watchers = new HashMap<>();

    /**
     * @param interval how often clusters are asked
     * @param logLimit most bytes of a driver's log that are kept
     */
    ClusterAttempts(Destinations destinations, ProcessExecutor processes, Duration interval, long logLimit) {
        this.destinations = destinations;
        this.processes = processes;
        this.interval = interval;
        this.logLimit = logLimit;
    }

    /** Where an attempt was submitted to; empty when it is of this machine alone. */
    private Optional<SubmitRecord> record(LaunchKey key) {
        try {
            return SubmitRecord.read(processes.folder(key));
        } catch (IOException e) {
            // Whoever took it for one of this machine would take the end of the submit for that of the driver.
            throw new UncheckedIOException("cannot read where attempt " + key + " was submitted to", e);
        }
    }

    /** Empty when the profile is there no more. */
    private Optional<ClusterAttempt> attempt(LaunchKey key, SubmitRecord record) {
        return destinations
                .knownProfile(record.profile())
                .flatMap(profile -> destinations.cluster(profile, record.master()))
                .map(cluster -> new ClusterAttempt(key, cluster, processes, logLimit));
    }

    /** The same job, with where it was submitted to. */
    ExternalJob described(ExternalJob job) {
        return record(job.key())
                .map(record -> {
                    Map<String, String> details = new HashMap<>(record.details());
                    destinations
                            .knownProfile(record.profile())
                            .flatMap(SparkProfile::historyServer)
                            .ifPresent(address -> details.put("historyServer", address));
                    ExternalJob described = job.described(details);
                    return record.inCluster() ? described.ofNoMachine() : described;
                })
                .orElse(job);
    }

    /** Looks for a launch key in every cluster that is known. */
    FindResult findInClusters(LaunchKey key) {
        FindResult result = new FindResult.NotFound();
        for (SparkCluster cluster : destinations.clusters()) {
            try {
                Optional<ClusterDriver> driver = cluster.find(key);
                if (driver.isPresent()) {
                    return new FindResult.Found(job(cluster, driver.get()));
                }
            } catch (IOException e) {
                result = new FindResult.Unknown("cluster " + cluster.name() + " does not answer: " + e.getMessage());
            }
        }
        return result;
    }

    private static ExternalJob job(SparkCluster cluster, ClusterDriver driver) {
        return new ExternalJob(driver.key(), driver.id(), driver.details())
                .described(Map.of("cluster", cluster.name()));
    }

    /**
     * @return whether the end of the job is the cluster's to tell, and will be told; a driver on this machine is only described
     */
    boolean watch(ExternalJob job, ObservationListener listener) {
        Optional<SubmitRecord> record = record(job.key());
        Optional<ClusterAttempt> attempt = attempt(job, record);
        boolean inCluster = record.map(SubmitRecord::inCluster).orElse(attempt.isPresent());
        if (attempt.isEmpty()) {
            if (inCluster) {
                listener.observed(
                        job.key(),
                        Observation.Ended.lost("the server's configuration has the Spark profile '"
                                + record.orElseThrow().profile() + "' no more, by which the attempt was submitted"));
            }
            return inCluster;
        }
        watcher(attempt.get().cluster()).watch(attempt.get(), job, listener, inCluster);
        return inCluster;
    }

    private Optional<ClusterAttempt> attempt(ExternalJob job, Optional<SubmitRecord> record) {
        return record.flatMap(there -> attempt(job.key(), there))
                .or(() -> Optional.ofNullable(job.details().get("cluster")).flatMap(name -> adopted(job.key(), name)));
    }

    /** The cluster that an attempt was submitted to; empty when it is of this machine alone. */
    Optional<SparkCluster> clusterOf(ExternalJob job) {
        return attempt(job, record(job.key())).map(ClusterAttempt::cluster);
    }

    /** A job that was found in a cluster and has no folder here. */
    private Optional<ClusterAttempt> adopted(LaunchKey key, String clusterName) {
        return destinations.clusters().stream()
                .filter(cluster -> cluster.name().equals(clusterName))
                .findFirst()
                .map(cluster -> new ClusterAttempt(key, cluster, processes, logLimit));
    }

    void forget(LaunchKey key) {
        record(key)
                .flatMap(record -> attempt(key, record))
                .ifPresent(attempt -> watcher(attempt.cluster()).forget(key));
    }

    void cancel(ExternalJob job) {
        record(job.key())
                .filter(SubmitRecord::inCluster)
                .flatMap(record -> attempt(job.key(), record))
                .or(() -> Optional.ofNullable(job.details().get("cluster")).flatMap(name -> adopted(job.key(), name)))
                .ifPresent(attempt -> watcher(attempt.cluster()).cancel(attempt));
    }

    AttemptOutput output(LaunchKey key) {
        AttemptOutput submit = processes.output(key);
        Optional<ClusterAttempt> attempt =
                record(key).filter(SubmitRecord::inCluster).flatMap(record -> attempt(key, record));
        return attempt.<AttemptOutput>map(there -> new ClusterOutput(
                        submit,
                        there.mirror().log(),
                        () -> watcher(there.cluster()).refresh(there)))
                .orElse(submit);
    }

    /** What clusters list counts; of this machine what they do not. */
    List<ClusterListing> list() {
        List<ClusterListing> listings = new ArrayList<>();
        Set<LaunchKey> listed = new HashSet<>();
        for (SparkCluster cluster : destinations.clusters()) {
            try {
                List<ListedJob> jobs = cluster.list().stream()
                        .map(driver -> new ListedJob(
                                job(cluster, driver),
                                driver.phase(),
                                driver.ended().isEmpty(),
                                driver.marked(),
                                driver.since()))
                        .toList();
                jobs.forEach(job -> listed.add(job.job().key()));
                listings.add(ClusterListing.of(cluster.name(), jobs));
            } catch (IOException e) {
                listings.add(ClusterListing.unknown(cluster.name(), String.valueOf(e.getMessage())));
            }
        }
        processes
                .list()
                .forEach(local -> listings.add(new ClusterListing(
                        local.cluster(),
                        local.problem(),
                        local.jobs().stream()
                                .filter(job -> !listed.contains(job.job().key()))
                                .toList())));
        return listings;
    }

    private synchronized ClusterWatcher watcher(SparkCluster cluster) {
        return watchers.computeIfAbsent(cluster, there -> new ClusterWatcher(there.name(), interval));
    }

    @Override
    public synchronized void close() {
        watchers.values().forEach(ClusterWatcher::close);
        destinations.close();
    }
}
