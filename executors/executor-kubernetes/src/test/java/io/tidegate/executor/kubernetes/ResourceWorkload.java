package io.tidegate.executor.kubernetes;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload.CustomResource;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Attempts that are training jobs. */
final class ResourceWorkload {
    static final LaunchKey KEY = new LaunchKey("run-1-train-1");
    static final String SUCCEEDS = "object.status.conditions.exists(c, c.type == 'Succeeded' && c.status == 'True')";
    static final String FAILS = "object.status.conditions.exists(c, c.type == 'Failed' && c.status == 'True')";
    static final String MESSAGE = "object.status.conditions.filter(c, c.type == 'Failed')[0].message";

    private ResourceWorkload() {}

    static Map<String, Object> manifest(Map<String, Object> podSpec) {
        return Map.of(
                "apiVersion",
                "kubeflow.org/v1",
                "kind",
                "PyTorchJob",
                "metadata",
                Map.of("labels", Map.of("team", "ml")),
                "spec",
                Map.of("pytorchReplicaSpecs", Map.of("Master", Map.of("template", Map.of("spec", podSpec)))));
    }

    static Map<String, Object> pod() {
        return Map.of("containers", List.of(Map.of("name", "pytorch", "image", "localhost/busybox:1")));
    }

    static CustomResource of(Map<String, Object> manifest, Map<String, String> logs, boolean keep) {
        return new CustomResource(
                manifest, new CustomResource.End(SUCCEEDS, Optional.of(FAILS), Optional.of(MESSAGE)), logs, keep);
    }

    /** A cluster that allows these kinds of resources. */
    static ClusterSettings cluster(Duration pending, Duration listEvery, Set<String> kinds) {
        ClusterSettings usual = FakeCluster.cluster(pending, listEvery);
        return new ClusterSettings(
                usual.name(),
                usual.access(),
                usual.namespaces(),
                usual.apiAddress(),
                usual.limits(),
                usual.timing(),
                new Security(Set.of(), List.of(), false, kinds));
    }

    static LaunchRequest request(Path folder, CustomResource work) {
        return new LaunchRequest(
                KEY,
                new AttemptIdentity(new DagId("flights"), "team", "run-1", new StepId("train"), 1),
                new ExecutorSettings.Kubernetes(KubernetesPod.in(Optional.empty(), Optional.empty())),
                work,
                new LaunchRequest.Surroundings(folder.toString(), Map.of(), "{}"),
                Duration.ofMinutes(10));
    }
}
