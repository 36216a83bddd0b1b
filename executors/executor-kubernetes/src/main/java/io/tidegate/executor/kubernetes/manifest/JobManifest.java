package io.tidegate.executor.kubernetes.manifest;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.Timing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Job of an attempt. */
public final class JobManifest {
    /** The name of the container that runs the step's program. */
    public static final String CONTAINER = "step";
    /** Most bytes of report that Kubernetes carries: longer ones go through the HTTP API. */
    public static final int MOST_BYTES_OF_REPORT = 4096;

    private JobManifest() {}

    /** What a Job is called: a pure function of the launch key, which is a DNS label of at most 63 characters. */
    public static String name(LaunchKey key) {
        return key.value();
    }

    /**
     * The namespace in which an attempt's Job is to be made.
     *
     * @throws RefusedException when the cluster does not allow it
     */
    public static String namespace(LaunchRequest request, ClusterSettings cluster) throws RefusedException {
        String namespace = pod(request).place().namespace().orElse(cluster.usualNamespace());
        if (!cluster.namespaces().contains(namespace)) {
            throw RefusedException.user("cluster '" + cluster.name() + "' does not allow Jobs in namespace '"
                    + namespace + "'; it allows " + cluster.namespaces());
        }
        return namespace;
    }

    /**
     * The settings that a request has for Kubernetes.
     *
     * @throws RefusedException when it is meant for another executor
     */
    public static KubernetesPod pod(LaunchRequest request) throws RefusedException {
        if (request.settings() instanceof ExecutorSettings.Kubernetes kubernetes) {
            return kubernetes.pod();
        }
        throw RefusedException.user("the step has no settings for Kubernetes");
    }

    /**
     * Builds the Job.
     *
     * @throws RefusedException when the request cannot become a Job, or may not
     */
    public static Job of(LaunchRequest request, InstallationId installation, ClusterSettings cluster)
            throws RefusedException {
        KubernetesPod pod = pod(request);
        List<String> arguments = arguments(request);
        ProgramChecks.check(arguments, request.environment(), request.specification());
        PodTemplateSpec template = PodTemplateFile.read(Path.of(request.workingDirectory()), pod.template());
        Timing timing = cluster.timing();
        Map<String, String> labels = Labels.labels(installation, request.key(), request.identity());
        long deadline = request.timeout()
                .plus(timing.pending())
                .plus(timing.deadlineMargin())
                .toSeconds();
        PodTemplateSpec finished = template(template, request, labels);
        finished.setSpec(new PodAssembly(pod, request, cluster, arguments).onto(finished.getSpec()));
        new SecurityRules(cluster.security(), finished.getSpec()).enforce();
        return new JobBuilder()
                .withNewMetadata()
                .withName(name(request.key()))
                .withNamespace(namespace(request, cluster))
                .withLabels(labels)
                .withAnnotations(Labels.annotations(request.identity()))
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withPodReplacementPolicy("Failed")
                .withActiveDeadlineSeconds(Math.max(1, deadline))
                .withTtlSecondsAfterFinished((int) timing.keepFinished().toSeconds())
                .withTemplate(finished)
                .endSpec()
                .build();
    }

    private static List<String> arguments(LaunchRequest request) throws RefusedException {
        if (request.workload() instanceof Workload.CommandLine commandLine) {
            return commandLine.arguments();
        }
        if (request.workload() instanceof Workload.SparkApplication application) {
            return SparkInPod.command(application);
        }
        throw RefusedException.user("executor 'kubernetes' starts commands and built-in programs, and the step of"
                + " attempt " + request.key() + " has none");
    }

    /** The author's labels and annotations, under ours. */
    private static PodTemplateSpec template(
            PodTemplateSpec template, LaunchRequest request, Map<String, String> labels) {
        Map<String, String> allLabels = new TreeMap<>();
        Map<String, String> annotations = new TreeMap<>();
        if (template.getMetadata() != null) {
            allLabels.putAll(template.getMetadata().getLabels());
            annotations.putAll(template.getMetadata().getAnnotations());
        }
        allLabels.putAll(labels);
        annotations.putAll(Labels.annotations(request.identity()));
        annotations.put(Labels.SPECIFICATION, request.specification());
        template.setMetadata(new ObjectMetaBuilder()
                .withLabels(allLabels)
                .withAnnotations(annotations)
                .build());
        if (template.getSpec() == null) {
            template.setSpec(new PodSpec());
        }
        return template;
    }
}
