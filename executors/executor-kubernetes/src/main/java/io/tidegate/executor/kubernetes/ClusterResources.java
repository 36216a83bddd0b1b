package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Workload.CustomResource;
import io.tidegate.executor.kubernetes.AttemptRecord.JobReference;
import io.tidegate.executor.kubernetes.end.PodStates;
import io.tidegate.executor.kubernetes.end.ResourceEnds;
import io.tidegate.executor.kubernetes.manifest.JobManifest;
import io.tidegate.executor.kubernetes.manifest.Labels;
import io.tidegate.executor.kubernetes.manifest.RefusedException;
import io.tidegate.executor.kubernetes.manifest.ResourceKind;
import io.tidegate.executor.kubernetes.manifest.ResourceManifest;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The custom resources of one cluster: makes them, finds them, and has them followed. Safe for use by several threads. */
final class ClusterResources implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ClusterResources.class.getName());

    private final ClusterSettings settings;
    private final ResourceApi api;
    private final ResourceTracker tracker;
    private final ResourceWatch watch;
    private final Quarantine quarantine;

    ClusterResources(
            ClusterSettings settings,
            ClusterApi cluster,
            AttemptRecords records,
            Quarantine quarantine,
            InstantSource clock) {
        this.settings = settings;
        this.api = new ResourceApi(cluster);
        this.tracker = new ResourceTracker(settings, cluster, api, records, quarantine, clock);
        this.watch = new ResourceWatch(settings, api, tracker, clock);
        this.quarantine = quarantine;
        watch.start();
    }

    ResourceTracker tracker() {
        return tracker;
    }

    ResourceWatch watch() {
        return watch;
    }

    /** A resource that is to be made, checked against everything that can be checked before. */
    record Planned(ResourceKind kind, GenericKubernetesResource resource) {}

    /**
     * What a request is to become.
     *
     * @throws RefusedException when it may not
     */
    Planned plan(LaunchRequest request, InstallationId installation, CustomResource work) throws RefusedException {
        GenericKubernetesResource resource = ResourceManifest.of(request, installation, work, settings);
        try {
            new ResourceEnds(work.end());
        } catch (IllegalArgumentException wrong) {
            throw new RefusedException(FailureKind.USER, wrong.getMessage());
        }
        String apiVersion = resource.getApiVersion();
        String group = new ResourceKind(apiVersion, resource.getKind(), "").group();
        boolean groupAllowed = settings.security().resources().stream().anyMatch(known -> known.endsWith("." + group));
        Optional<ResourceKind> kind =
                groupAllowed && !group.isEmpty() ? known(apiVersion, resource.getKind()) : Optional.empty();
        if (groupAllowed && kind.isEmpty()) {
            throw new RefusedException(
                    FailureKind.PLATFORM,
                    "cluster '" + settings.name() + "' has no kind " + resource.getKind() + " in " + apiVersion
                            + ": install its operator there");
        }
        if (kind.isEmpty()
                || !settings.security().resources().contains(kind.get().qualified())) {
            throw new RefusedException(
                    FailureKind.USER,
                    "cluster '" + settings.name() + "' does not allow steps to make a " + resource.getKind() + " of "
                            + apiVersion + "; the configuration allows "
                            + settings.security().resources()
                            + " (kubernetes.clusters." + settings.name() + ".resources)");
        }
        return new Planned(kind.get(), resource);
    }

    private Optional<ResourceKind> known(String apiVersion, String kind) throws RefusedException {
        try {
            return api.kind(apiVersion, kind);
        } catch (KubernetesClientException failure) {
            throw new RefusedException(
                    FailureKind.PLATFORM,
                    "cluster '" + settings.name() + "' does not say which kinds it knows: "
                            + CreateFailures.message(failure));
        }
    }

    /** Makes the resource, or adopts the one that is there. */
    LaunchResult create(AttemptRecord record, JobReference intended, Planned planned) {
        try {
            return accepted(record, intended, api.create(planned.kind(), planned.resource()));
        } catch (KubernetesClientException failure) {
            return failure.getCode() == HttpURLConnection.HTTP_CONFLICT
                    ? adopt(record, intended)
                    : CreateFailures.of(
                            failure,
                            "namespace " + intended.namespace() + " of cluster '" + intended.cluster() + "'",
                            intended.kind());
        }
    }

    private LaunchResult adopt(AttemptRecord record, JobReference intended) {
        String what = intended.kind().kind() + " " + intended.name();
        try {
            Optional<GenericKubernetesResource> found = api.get(intended);
            if (found.isEmpty()) {
                return new LaunchResult.Unknown("the " + what + " was there and is gone again");
            }
            return isOf(record.key(), found.get())
                    ? accepted(record, intended, found.get())
                    : new LaunchResult.Rejected(
                            FailureKind.PLATFORM,
                            "namespace " + intended.namespace() + " has a " + what
                                    + " that is not Tidegate's: delete it");
        } catch (KubernetesClientException failure) {
            return new LaunchResult.Unknown(
                    "there is a " + what + ", and the cluster does not say whose: " + CreateFailures.message(failure));
        }
    }

    private boolean isOf(LaunchKey key, GenericKubernetesResource resource) {
        return quarantine.keyOf(resource).filter(key::equals).isPresent();
    }

    private LaunchResult accepted(AttemptRecord record, JobReference intended, GenericKubernetesResource resource) {
        JobReference known = intended.withUid(resource.getMetadata().getUid());
        try {
            record.intend(known);
        } catch (IOException e) {
            // The resource is there, and can be found by its name.
            LOG.log(System.Logger.Level.WARNING, "cannot write down the resource of attempt " + record.key(), e);
        }
        tracker.launched(record.key(), known, resource);
        return new LaunchResult.Accepted(known.externalJob(record.key()));
    }

    /** The resource of an attempt that was to be made there. */
    Optional<JobReference> find(AttemptRecord record, JobReference intended) {
        return api.get(intended).filter(found -> isOf(record.key(), found)).map(found -> {
            JobReference known = intended.withUid(found.getMetadata().getUid());
            if (record.exists()) {
                accepted(record, known, found);
            }
            return known;
        });
    }

    /** The resource of an attempt that another server launched: its name follows from the key, its kind is one of those allowed. */
    Optional<JobReference> findAnywhere(AttemptRecord record) {
        for (ResourceKind kind : kinds()) {
            for (String namespace : settings.namespaces()) {
                Optional<JobReference> found = find(
                        record, new JobReference(settings.name(), namespace, kind, JobManifest.name(record.key()), ""));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The allowed kinds that the cluster has at the moment, in the version that it prefers. */
    private List<ResourceKind> kinds() {
        List<ResourceKind> kinds = new ArrayList<>();
        for (String allowed : settings.security().resources()) {
            api.preferred(allowed).ifPresent(kinds::add);
        }
        return kinds;
    }

    /** Everything of ours that the cluster has, of all allowed kinds. */
    List<ListedJob> list() {
        List<ListedJob> listed = new ArrayList<>();
        for (ResourceKind kind : kinds()) {
            for (String namespace : settings.namespaces()) {
                for (GenericKubernetesResource resource : api.list(kind, namespace)) {
                    quarantine
                            .keyOf(resource)
                            .map(key -> listed(key, kind, resource))
                            .ifPresent(listed::add);
                }
            }
        }
        return listed;
    }

    /** One that has ended and is kept is no longer active, however much it still serves. */
    private ListedJob listed(LaunchKey key, ResourceKind kind, GenericKubernetesResource resource) {
        boolean ended = ResourceManifest.isKept(resource) && hasEnded(resource);
        JobReference reference = new JobReference(
                settings.name(),
                resource.getMetadata().getNamespace(),
                kind,
                resource.getMetadata().getName(),
                resource.getMetadata().getUid());
        boolean deleting = resource.getMetadata().getDeletionTimestamp() != null;
        return new ListedJob(
                reference.externalJob(key),
                ended ? "Ended" : deleting ? "Deleting" : "Active",
                !ended,
                Labels.installationOf(resource.getMetadata().getLabels()).isPresent(),
                PodStates.time(resource.getMetadata().getCreationTimestamp()));
    }

    private static boolean hasEnded(GenericKubernetesResource resource) {
        try {
            return ResourceManifest.end(resource)
                    .flatMap(end -> new ResourceEnds(end).of(resource))
                    .isPresent();
        } catch (IllegalArgumentException changedByOthers) {
            return false;
        }
    }

    @Override
    public void close() {
        watch.close();
        tracker.close();
    }
}
