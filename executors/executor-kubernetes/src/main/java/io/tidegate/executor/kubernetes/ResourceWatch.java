package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tidegate.executor.kubernetes.AttemptRecord.JobReference;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sees what happens to custom resources: one informer for each kind and namespace in which an attempt is, from the first such attempt on, and now and
 * then a listing, which is the truth. Safe for use by several threads.
 */
final class ResourceWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ResourceWatch.class.getName());
    private static final long TICK_MILLIS = 500;

    private final ClusterSettings cluster;
    private final ResourceApi api;
    private final ResourceTracker tracker;
    private final InstantSource clock;
    private final Map<String, JobReference> places = new ConcurrentHashMap<>();
    private final Map<String, SharedIndexInformer<GenericKubernetesResource>> informers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread;
    private volatile boolean closed;

    ResourceWatch(ClusterSettings cluster, ResourceApi api, ResourceTracker tracker, InstantSource clock) {
        this.cluster = cluster;
        this.api = api;
        this.tracker = tracker;
        this.clock = clock;
        this.thread = Executors.newScheduledThreadPool(2, work -> {
            Thread started = new Thread(work, "tidegate-kubernetes-" + cluster.name() + "-resource-list");
            started.setDaemon(true);
            return started;
        });
    }

    void start() {
        tracker.watchedBy(this::open);
        long listMillis = cluster.timing().listEvery().toMillis();
        var unusedTick = thread.scheduleWithFixedDelay(tracker::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        var unusedList = thread.scheduleWithFixedDelay(this::listAll, listMillis, listMillis, TimeUnit.MILLISECONDS);
    }

    private void open(JobReference reference) {
        String place = reference.namespace() + "/" + reference.kind().qualified() + "/"
                + reference.kind().version();
        if (!closed && places.putIfAbsent(place, reference) == null) {
            SharedIndexInformer<GenericKubernetesResource> informer =
                    api.informer(reference.kind(), reference.namespace());
            informer.addEventHandler(new Handler(tracker));
            informer.exceptionHandler((wasStarted, failure) -> {
                if (!closed) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "the watch on {0} of cluster {1} broke and is opened again: {2}",
                            reference.kind().qualified(),
                            cluster.name(),
                            failure.getCause() == null ? failure : failure.getCause());
                }
                return !closed;
            });
            informers.put(place, informer);
            // What is deleted before the informer's first listing is seen by none of its events.
            var unused = informer.start().thenRunAsync(() -> list(reference), thread);
        }
    }

    private record Handler(ResourceTracker tracker) implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            tracker.seen(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            tracker.seen(object);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
            tracker.gone(object);
        }
    }

    /** Lists all that is watched now. Never throws. */
    void listAll() {
        places.values().forEach(this::list);
    }

    private void list(JobReference place) {
        try {
            Instant startedAt = clock.instant();
            tracker.listed(place, startedAt, api.list(place.kind(), place.namespace()));
        } catch (KubernetesClientException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cluster {0}: {1} in namespace {2} cannot be listed: {3}",
                    cluster.name(),
                    place.kind().qualified(),
                    place.namespace(),
                    failure.getMessage());
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "listing cluster " + cluster.name() + " failed", bug);
        }
    }

    /** Whether all watches are open. */
    boolean isWatching() {
        return informers.values().stream().allMatch(SharedIndexInformer::isWatching);
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        informers.values().forEach(SharedIndexInformer::stop);
    }
}
