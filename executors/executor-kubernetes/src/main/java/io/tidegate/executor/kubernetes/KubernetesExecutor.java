package io.tidegate.executor.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.ObservationListener;
import io.tidegate.executor.Workload.CustomResource;
import io.tidegate.executor.kubernetes.AttemptRecord.JobReference;
import io.tidegate.executor.kubernetes.manifest.JobManifest;
import io.tidegate.executor.kubernetes.manifest.Labels;
import io.tidegate.executor.kubernetes.manifest.RefusedException;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.KubernetesSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs each attempt as a Kubernetes Job of its own, named by the launch key. What the cluster says is followed by watches and checked by
 * listings; log and report are brought into the attempt's folder, where they stay when the cluster has forgotten the Job. Safe for use by several
 * threads.
 */
public final class KubernetesExecutor implements Executor {
    private static final System.Logger LOG = System.getLogger(KubernetesExecutor.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InstantSource clock;
    private final AttemptRecords records;
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final KubernetesSettings settings;

    /**
     * Opens all clusters. None of them needs to answer now.
     *
     * @param clock for the time of launch and how long attempts have waited
     * @throws IllegalArgumentException when the configuration of a cluster cannot be read
     */
    public KubernetesExecutor(KubernetesSettings settings, InstantSource clock) {
        this(settings, clock, cluster -> ClientSettings.find(cluster, System.getenv()));
    }

    KubernetesExecutor(KubernetesSettings settings, InstantSource clock, Function<ClusterSettings, Config> access) {
        this.settings = settings;
        this.clock = clock;
        this.records = new AttemptRecords(settings.attempts(), settings.logLimit());
        Map<String, Config> found = new LinkedHashMap<>();
        settings.clusters().forEach(cluster -> found.put(cluster.name(), access.apply(cluster)));
        settings.clusters()
                .forEach(cluster -> clusters.put(
                        cluster.name(),
                        Cluster.open(cluster, settings.installation(), found.get(cluster.name()), records, clock)));
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public LaunchResult launch(LaunchRequest request) {
        AttemptRecord record = records.of(request.key());
        try {
            Optional<JobReference> known = record.reference().filter(JobReference::isKnown);
            if (known.isPresent()) {
                return new LaunchResult.Accepted(known.get().externalJob(request.key()));
            }
        } catch (IOException e) {
            return new LaunchResult.Unknown("cannot read the attempt's folder: " + e);
        }
        try {
            Cluster cluster = cluster(request);
            if (request.workload() instanceof CustomResource work) {
                return create(cluster, record, work, request);
            }
            return create(
                    cluster, record, JobManifest.of(request, settings.installation(), cluster.settings()), request);
        } catch (RefusedException refused) {
            return refused.result();
        }
    }

    private Cluster cluster(LaunchRequest request) throws RefusedException {
        Optional<String> wanted = JobManifest.pod(request).place().cluster();
        return settings.cluster(wanted)
                .map(found -> clusters.get(found.name()))
                .orElseThrow(() -> new RefusedException(
                        FailureKind.USER,
                        "this server knows no cluster '" + wanted.orElse("") + "'; it knows " + clusters.keySet()));
    }

    private LaunchResult create(Cluster cluster, AttemptRecord record, Job job, LaunchRequest request) {
        JobReference intended = new JobReference(
                cluster.settings().name(),
                job.getMetadata().getNamespace(),
                job.getMetadata().getName(),
                "");
        String image =
                job.getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
        Optional<LaunchResult> unwritable =
                intend(record, intended, intent(request, intended).put("image", image), request);
        if (unwritable.isPresent()) {
            return unwritable.get();
        }
        try {
            return accepted(cluster, record, intended, cluster.api().create(job));
        } catch (KubernetesClientException failure) {
            return failure.getCode() == HttpURLConnection.HTTP_CONFLICT
                    ? adopt(cluster, record, intended)
                    : CreateFailures.of(
                            failure,
                            "namespace " + intended.namespace() + " of cluster '" + intended.cluster() + "'",
                            intended.kind());
        }
    }

    private LaunchResult create(Cluster cluster, AttemptRecord record, CustomResource work, LaunchRequest request)
            throws RefusedException {
        ClusterResources.Planned planned = cluster.resources().plan(request, settings.installation(), work);
        JobReference intended = new JobReference(
                cluster.settings().name(),
                planned.resource().getMetadata().getNamespace(),
                planned.kind(),
                planned.resource().getMetadata().getName(),
                "");
        ObjectNode intent =
                intent(request, intended).put("resource", planned.kind().qualified());
        Optional<LaunchResult> unwritable = intend(record, intended, intent, request);
        return unwritable.isPresent() ? unwritable.get() : cluster.resources().create(record, intended, planned);
    }

    /** Writes down what is about to be made; the answer to the launch when that cannot be done. */
    private static Optional<LaunchResult> intend(
            AttemptRecord record, JobReference intended, ObjectNode intent, LaunchRequest request) {
        try {
            record.folder().prepare(intent.toPrettyString(), request.specification());
            record.intend(intended);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new LaunchResult.Rejected(
                    FailureKind.PLATFORM,
                    "cannot write the attempt's folder " + record.folder().path() + ": " + e));
        }
    }

    private static LaunchResult accepted(Cluster cluster, AttemptRecord record, JobReference intended, Job job) {
        JobReference known = intended.withUid(job.getMetadata().getUid());
        try {
            record.intend(known);
        } catch (IOException e) {
            // The Job is there, and can be found by its name.
            LOG.log(System.Logger.Level.WARNING, "cannot write down the Job of attempt " + record.key(), e);
        }
        cluster.tracker().launched(record.key(), known, job);
        return new LaunchResult.Accepted(known.externalJob(record.key()));
    }

    /** There is a Job of this name: that of an earlier launch, or somebody else's. */
    private LaunchResult adopt(Cluster cluster, AttemptRecord record, JobReference intended) {
        try {
            Optional<Job> job = cluster.api().job(intended.namespace(), intended.name());
            if (job.isEmpty()) {
                return new LaunchResult.Unknown("the Job " + intended.name() + " was there and is gone again");
            }
            if (cluster.quarantine()
                    .keyOf(job.get())
                    .filter(record.key()::equals)
                    .isEmpty()) {
                return new LaunchResult.Rejected(FailureKind.PLATFORM, notOurs(intended, job.get()));
            }
            return accepted(cluster, record, intended, job.get());
        } catch (KubernetesClientException failure) {
            return new LaunchResult.Unknown("there is a Job " + intended.name()
                    + ", and the cluster does not say whose: " + CreateFailures.message(failure));
        }
    }

    private String notOurs(JobReference intended, Job job) {
        String taken = "namespace " + intended.namespace() + " has a Job " + intended.name();
        return Labels.installationOf(job.getMetadata().getLabels())
                .filter(mark -> !settings.installation().isMark(mark))
                .map(other -> taken + " that installation " + other
                        + " of Tidegate made: give each installation a namespace of its own")
                .orElse(taken + " that is not Tidegate's: delete it");
    }

    /** Names of variables only: their values may be secrets. */
    private ObjectNode intent(LaunchRequest request, JobReference reference) {
        ObjectNode document = JSON.createObjectNode()
                .put("launchKey", request.key().value())
                .put("dag", request.identity().dag().value())
                .put("run", request.identity().runId())
                .put("step", request.identity().step().value())
                .put("attempt", request.identity().number())
                .put("executor", name())
                .put("cluster", reference.cluster())
                .put("namespace", reference.namespace());
        new TreeMap<>(request.environment()).keySet().forEach(document.putArray("environment")::add);
        return document.put("launchedAt", clock.instant().toString());
    }

    @Override
    public FindResult find(LaunchKey key) {
        AttemptRecord record = records.of(key);
        try {
            Optional<JobReference> reference = record.reference();
            if (reference.filter(JobReference::isKnown).isPresent()) {
                return new FindResult.Found(reference.get().externalJob(key));
            }
            Optional<Cluster> cluster = reference.map(known -> clusters.get(known.cluster()));
            return cluster.isPresent()
                    ? find(record, cluster.get(), reference.get()).orElseGet(FindResult.NotFound::new)
                    : findAnywhere(record);
        } catch (IOException e) {
            return new FindResult.Unknown("cannot read the attempt's folder: " + e);
        } catch (KubernetesClientException e) {
            return new FindResult.Unknown("the cluster does not answer: " + CreateFailures.message(e));
        }
    }

    private static Optional<FindResult> find(AttemptRecord record, Cluster cluster, JobReference intended) {
        return intended.kind().isJob()
                ? find(record, cluster, intended.namespace())
                : cluster.resources()
                        .find(record, intended)
                        .map(known -> new FindResult.Found(known.externalJob(record.key())));
    }

    /** For an attempt that another server launched: the Job's name follows from the key, its place does not. */
    private FindResult findAnywhere(AttemptRecord record) {
        for (Cluster cluster : clusters.values()) {
            for (String namespace : cluster.settings().namespaces()) {
                Optional<FindResult> found = find(record, cluster, namespace);
                if (found.isPresent()) {
                    return found.get();
                }
            }
            Optional<JobReference> resource = cluster.resources().findAnywhere(record);
            if (resource.isPresent()) {
                return new FindResult.Found(resource.get().externalJob(record.key()));
            }
        }
        return new FindResult.NotFound();
    }

    private static Optional<FindResult> find(AttemptRecord record, Cluster cluster, String namespace) {
        return cluster.api()
                .job(namespace, JobManifest.name(record.key()))
                .filter(job -> cluster.quarantine()
                        .keyOf(job)
                        .filter(record.key()::equals)
                        .isPresent())
                .map(job -> {
                    JobReference known = ObjectReferences.of(cluster.settings().name(), job);
                    if (record.exists()) {
                        accepted(cluster, record, known, job);
                    }
                    return new FindResult.Found(known.externalJob(record.key()));
                });
    }

    @Override
    public void watch(ExternalJob job, ObservationListener listener) {
        Cluster cluster = clusters.get(JobReference.of(job).cluster());
        if (cluster == null) {
            listener.observed(
                    job.key(),
                    Ended.lost("the attempt ran on cluster '"
                            + JobReference.of(job).cluster()
                            + "', which this server's configuration does not name any more"));
            return;
        }
        if (JobReference.of(job).kind().isJob()) {
            cluster.tracker().watch(job, listener);
        } else {
            cluster.resources().tracker().watch(job, listener);
        }
    }

    @Override
    public void cancel(ExternalJob job) {
        JobReference reference = JobReference.of(job);
        Optional.ofNullable(clusters.get(reference.cluster())).ifPresent(cluster -> {
            if (reference.kind().isJob()) {
                cluster.tracker().cancel(job);
            } else {
                cluster.resources().tracker().cancel(job);
            }
        });
    }

    @Override
    public AttemptOutput output(LaunchKey key) {
        return records.of(key).folder().output();
    }

    @Override
    public List<ClusterListing> list() {
        return clusters.values().stream().map(Cluster::list).toList();
    }

    /** How well each cluster is seen at the moment. */
    public List<ClusterState> states() {
        return clusters.values().stream()
                .map(cluster -> cluster.watch().state())
                .toList();
    }

    /**
     * How much of a resource the quotas of a namespace allow; the least of them, in whole units. May block.
     *
     * @param namespace the cluster's first one when absent
     * @param resource as quotas write it: {@code count/jobs.batch}, {@code requests.nvidia.com/gpu}
     * @return empty when no quota of the namespace speaks of the resource
     * @throws IllegalStateException when there is no such cluster, or it does not say
     */
    public OptionalInt quota(Optional<String> cluster, Optional<String> namespace, String resource) {
        ClusterSettings known = settings.cluster(cluster)
                .orElseThrow(() -> new IllegalStateException(
                        "this server knows no cluster '" + cluster.orElse("") + "'; it knows " + clusters.keySet()));
        String place = namespace.orElse(known.namespaces().get(0));
        try {
            return clusters.get(known.name()).api().quotas(place).stream()
                    .flatMap(
                            quota -> Stream.ofNullable(quota.getSpec().getHard().get(resource)))
                    .mapToInt(hard -> hard.getNumericalAmount().intValue())
                    .min();
        } catch (KubernetesClientException failure) {
            throw new IllegalStateException(
                    "cluster '" + known.name() + "' does not tell the quotas of namespace " + place + ": "
                            + failure.getMessage(),
                    failure);
        }
    }

    /** How many requests each cluster was asked so far, by what they ask for; those of the watches not counted. */
    public Map<String, Map<String, Long>> requests() {
        Map<String, Map<String, Long>> all = new LinkedHashMap<>();
        clusters.forEach((name, cluster) -> all.put(name, cluster.api().requests()));
        return all;
    }

    @Override
    public void close() {
        clusters.values().forEach(Cluster::close);
    }
}
