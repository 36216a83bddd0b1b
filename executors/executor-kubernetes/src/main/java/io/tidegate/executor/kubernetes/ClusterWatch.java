package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sees what happens on a cluster: shared informers on our label, and now and then a listing of everything, which is the truth and finds
 * what a watch that died in silence did not tell.
 */
final class ClusterWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ClusterWatch.class.getName());
    private static final long TICK_MILLIS = 500;

    private final ClusterSettings cluster;
    private final ClusterApi api;
    private final JobTracker tracker;
    private final InstantSource clock;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final ScheduledExecutorService thread;
    private volatile Optional<Instant> lastListed = Optional.empty();
    private volatile Optional<String> problem = Optional.empty();
    private volatile boolean closed;

    ClusterWatch(ClusterSettings cluster, ClusterApi api, JobTracker tracker, InstantSource clock) {
        this.cluster = cluster;
        this.api = api;
        this.tracker = tracker;
        this.clock = clock;
        this.thread = Executors.newScheduledThreadPool(2, work -> {
            Thread started = new Thread(work, "tidegate-kubernetes-" + cluster.name() + "-list");
            started.setDaemon(true);
            return started;
        });
    }

    void start() {
        for (String namespace : cluster.namespaces()) {
            informers.add(started(
                    ClusterApi.ours(api.client().pods().inNamespace(namespace)).runnableInformer(0),
                    new Handler<Pod>(tracker::seen, tracker::gone)));
            informers.add(started(
                    ClusterApi.ours(api.client().batch().v1().jobs().inNamespace(namespace))
                            .runnableInformer(0),
                    new Handler<Job>(tracker::seen, tracker::gone)));
        }
        long listMillis = cluster.timing().listEvery().toMillis();
        var unusedTick = thread.scheduleWithFixedDelay(tracker::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        var unusedList = thread.scheduleWithFixedDelay(this::listAll, listMillis, listMillis, TimeUnit.MILLISECONDS);
    }

    private <T> SharedIndexInformer<T> started(SharedIndexInformer<T> informer, ResourceEventHandler<T> handler) {
        informer.addEventHandler(handler);
        // A cluster that is away comes back: the informer tries for ever, with growing pauses.
        informer.exceptionHandler((wasStarted, failure) -> {
            if (closed) {
                return false;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the watch on cluster {0} broke and is opened again: {1}",
                    cluster.name(),
                    failure.getCause() == null ? failure : failure.getCause());
            return true;
        });
        var unused = informer.start();
        return informer;
    }

    private record Handler<T extends HasMetadata>(Consumer<T> seen, Consumer<T> gone)
            implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            seen.accept(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            seen.accept(object);
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            gone.accept(object);
        }
    }

    /** Lists all namespaces now. Never throws. */
    void listAll() {
        for (String namespace : cluster.namespaces()) {
            try {
                Instant startedAt = clock.instant();
                // Pods first: a Job that is missing from the second listing has no newer pod than the first one shows.
                List<Pod> pods = api.pods(namespace);
                List<Job> jobs = api.jobs(namespace);
                tracker.listed(namespace, startedAt, jobs, pods);
                lastListed = Optional.of(startedAt);
                problem = Optional.empty();
            } catch (KubernetesClientException failure) {
                problem = Optional.of("namespace " + namespace + " cannot be listed: " + failure.getMessage());
                LOG.log(System.Logger.Level.WARNING, "cluster {0}: {1}", cluster.name(), problem.get());
            } catch (RuntimeException bug) {
                LOG.log(System.Logger.Level.ERROR, "listing cluster " + cluster.name() + " failed", bug);
            }
        }
    }

    ClusterState state() {
        boolean watching = informers.stream().allMatch(SharedIndexInformer::isWatching);
        return new ClusterState(cluster.name(), watching, lastListed, problem);
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        informers.forEach(SharedIndexInformer::stop);
    }
}
