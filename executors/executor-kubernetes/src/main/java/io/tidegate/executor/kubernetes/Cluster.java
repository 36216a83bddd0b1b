package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.kubernetes.end.PodStates;
import io.tidegate.executor.kubernetes.manifest.Labels;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One cluster: its API, what is seen of it, and the attempts that run there. */
record Cluster(
        ClusterSettings settings,
        ClusterApi api,
        JobTracker tracker,
        ClusterWatch watch,
        ClusterResources resources,
        Quarantine quarantine)
        implements AutoCloseable {
    static Cluster open(
            ClusterSettings settings,
            InstallationId installation,
            Config config,
            AttemptRecords records,
            InstantSource clock) {
        RateLimit limit = new RateLimit(settings.limits());
        ClusterApi api = new ClusterApi(ClientSettings.open(config, limit), limit);
        Quarantine quarantine = new Quarantine(installation, settings.name());
        JobTracker tracker = new JobTracker(settings, api, records, quarantine, clock);
        ClusterWatch watch = new ClusterWatch(settings, api, tracker, clock);
        watch.start();
        ClusterResources resources = new ClusterResources(settings, api, records, quarantine, clock);
        return new Cluster(settings, api, tracker, watch, resources, quarantine);
    }

    /** Everything of ours that the cluster has. */
    ClusterListing list() {
        List<ListedJob> listed = new ArrayList<>();
        try {
            for (String namespace : settings.namespaces()) {
                for (Job job : api.jobs(namespace)) {
                    quarantine.keyOf(job).map(key -> listed(key, job)).ifPresent(listed::add);
                }
            }
            listed.addAll(resources.list());
            return ClusterListing.of(settings.name(), listed);
        } catch (KubernetesClientException failure) {
            return ClusterListing.unknown(settings.name(), CreateFailures.message(failure));
        }
    }

    private ListedJob listed(LaunchKey key, Job job) {
        JobStatus status = Optional.ofNullable(job.getStatus()).orElseGet(JobStatus::new);
        Optional<String> end = status.getConditions().stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(JobCondition::getType)
                .filter(type -> type.equals("Complete") || type.equals("Failed"))
                .findFirst();
        boolean deleting = job.getMetadata().getDeletionTimestamp() != null;
        String phase = end.orElse(deleting ? "Deleting" : "Active");
        return new ListedJob(
                ObjectReferences.of(settings.name(), job).externalJob(key),
                phase,
                end.isEmpty(),
                Labels.installationOf(job.getMetadata().getLabels()).isPresent(),
                PodStates.time(job.getMetadata().getCreationTimestamp()));
    }

    @Override
    public void close() {
        watch.close();
        resources.close();
        tracker.close();
        api.close();
    }
}
