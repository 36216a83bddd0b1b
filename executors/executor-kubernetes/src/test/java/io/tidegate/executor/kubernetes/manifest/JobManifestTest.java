package io.tidegate.executor.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Access;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Limits;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import io.tidegate.executor.kubernetes.settings.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a step's settings and its pod template, and what is refused. */
final class JobManifestTest {
    private static final InstallationId OURS = new InstallationId("ours");
    private static final KubernetesPod EMPTY = KubernetesPod.EMPTY;

    @TempDir
    private Path folder;

    private static ClusterSettings cluster(Security security) {
        return new ClusterSettings(
                "main",
                new Access.InCluster(),
                List.of("jobs", "more"),
                Optional.of("http://tidegate:8080"),
                Limits.DEFAULT,
                Timing.DEFAULT,
                security);
    }

    private LaunchRequest request(KubernetesPod pod) {
        return request(pod, new Workload.CommandLine(List.of("train", "$HOME", "$(id)")));
    }

    private LaunchRequest request(KubernetesPod pod, Workload workload) {
        return new LaunchRequest(
                new LaunchKey("key-1"),
                new AttemptIdentity(new DagId("flights"), "team", "run-1", new StepId("step"), 1),
                new ExecutorSettings.Kubernetes(pod),
                workload,
                new LaunchRequest.Surroundings(
                        folder.toString(), Map.of("TIDEGATE_API", "http://127.0.0.1:1", "PRICE", "5$"), "{}"),
                Duration.ofMinutes(10));
    }

    private PodSpec spec(KubernetesPod pod, Security security) throws RefusedException {
        return JobManifest.of(request(pod), OURS, cluster(security))
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static KubernetesPod pod(
            KubernetesPod.Place place, Map<String, KubernetesPod.Volume> volumes, Optional<String> template) {
        return new KubernetesPod(
                place,
                new KubernetesPod.Container(
                        Optional.of("image:1"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("registry"),
                        Map.of("PASSWORD", new KubernetesPod.SecretKey("warehouse", "password"))),
                new KubernetesPod.Resources(
                        Optional.of("500m"), Optional.of("2Gi"), Optional.of(1L), Optional.of("10Gi")),
                new KubernetesPod.Scheduling(
                        Map.of("disk", "fast"),
                        List.of(new KubernetesPod.Toleration(Optional.of("gpu"), Optional.empty(), Optional.empty())),
                        Map.of("podAntiAffinity", Map.of()),
                        Optional.of("batch-low")),
                volumes,
                template);
    }

    private KubernetesPod template(String text) throws IOException {
        Files.writeString(folder.resolve("pod.yaml"), text);
        return pod(EMPTY.place(), Map.of(), Optional.of("pod.yaml"));
    }

    @Test
    void everySettingArrives() throws RefusedException {
        PodSpec spec = spec(pod(EMPTY.place(), Map.of(), Optional.empty()), Security.STRICT);
        Container step = spec.getContainers().get(0);

        assertThat(step.getCommand()).containsExactly("train", "$$HOME", "$$(id)");
        assertThat(step.getResources().getLimits())
                .containsEntry("cpu", new Quantity("500m"))
                .containsEntry("memory", new Quantity("2Gi"))
                .containsEntry("nvidia.com/gpu", new Quantity("1"))
                .containsEntry("ephemeral-storage", new Quantity("10Gi"))
                .isEqualTo(step.getResources().getRequests());
        assertThat(step.getEnv())
                .anySatisfy(variable -> assertThat(
                                variable.getValueFrom().getSecretKeyRef().getName())
                        .isEqualTo("warehouse"))
                .anySatisfy(variable -> assertThat(variable.getValue()).isEqualTo("http://tidegate:8080"))
                .anySatisfy(variable -> assertThat(variable.getValue()).isEqualTo("5$$"));
        assertThat(step.getTerminationMessagePath()).isEqualTo("/dev/termination-log");
        assertThat(spec.getNodeSelector()).containsEntry("disk", "fast");
        assertThat(spec.getTolerations().get(0).getOperator()).isEqualTo("Exists");
        assertThat(spec.getAffinity().getPodAntiAffinity()).isNotNull();
        assertThat(spec.getPriorityClassName()).isEqualTo("batch-low");
        assertThat(spec.getImagePullSecrets().get(0).getName()).isEqualTo("registry");
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void aTemplateIsTheGroundAndItsOtherContainersStay() throws Exception {
        PodSpec spec = spec(
                template("metadata: { labels: { team: a, tidegate.io/run: stolen } }\n"
                        + "spec:\n  schedulerName: volcano\n  containers:\n"
                        + "    - { name: proxy, image: 'proxy:1' }\n"
                        + "    - { name: step, image: 'old:1', env: [{ name: MODE, value: fast }] }\n"),
                Security.STRICT);

        assertThat(spec.getContainers()).extracting(Container::getName).containsExactly("step", "proxy");
        assertThat(spec.getContainers().get(0).getImage()).isEqualTo("image:1");
        assertThat(spec.getContainers().get(0).getEnv())
                .anyMatch(variable -> variable.getName().equals("MODE"));
        assertThat(spec.getSchedulerName()).isEqualTo("volcano");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec: { hostNetwork: true }",
                "spec: { hostPID: true }",
                "spec: { hostIPC: true }",
                "spec: { serviceAccountName: admin }",
                "spec: { volumes: [{ name: root, hostPath: { path: / } }] }",
                "spec: { volumes: [{ name: disk, nfs: { server: a, path: / } }] }",
                "spec: { volumes: [{ name: t, projected: { sources: [{ serviceAccountToken: { path: t } }] } }] }",
                "spec: { securityContext: { sysctls: [{ name: kernel.msgmax, value: '1' }] } }",
                "spec: { containers: [{ name: step, securityContext: { privileged: true } }] }",
                "spec: { containers: [{ name: step, securityContext: { allowPrivilegeEscalation: true } }] }",
                "spec: { containers: [{ name: step, securityContext: { capabilities: { add: [SYS_ADMIN] } } }] }",
                "spec: { containers: [{ name: step, securityContext: { procMount: Unmasked } }] }",
                "spec: { containers: [{ name: step, ports: [{ containerPort: 1, hostPort: 1 }] }] }",
                "spec: { initContainers: [{ name: first, image: a, securityContext: { privileged: true } }] }",
                "spec: { containers: [{ name: more, image: a, securityContext: { privileged: true } }] }",
                "spec: { serviceAccount: admin }",
                "spec: { nodeName: control-plane }",
                "spec: { ephemeralContainers: [] }",
                "spec: { containers: [{ name: step, volumeDevices: [] }] }",
                "metadata: { ownerReferences: [] }",
                "status: {}",
                "spec: [1]",
                "- 1",
                "spec: { containers: 5 }"
            })
    void whatATemplateMayNotDoIsRefused(String text) throws IOException {
        KubernetesPod pod = template(text);

        assertThatThrownBy(() -> spec(pod, Security.STRICT))
                .isInstanceOf(RefusedException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void theConfigurationAllowsMore() throws Exception {
        Security open = new Security(Set.of("reader"), List.of("/mnt/flights"), true);
        PodSpec spec = spec(
                template("spec: { hostNetwork: true, serviceAccountName: reader,"
                        + " volumes: [{ name: data, hostPath: { path: /mnt/flights/2001 } }],"
                        + " containers: [{ name: step, securityContext: { privileged: true } }] }"),
                open);

        assertThat(spec.getHostNetwork()).isTrue();
        assertThatThrownBy(() -> spec(
                        template("spec: { volumes: [{ name: data, hostPath: { path: /mnt/flights/../../etc } }] }"),
                        open))
                .hasMessageContaining("/mnt/flights/../../etc", "host_paths");
    }

    @Test
    void settingsOfTheStepAreCheckedLikeTemplates() {
        KubernetesPod.Volume node =
                new KubernetesPod.Volume(KubernetesPod.VolumeSource.HOST_PATH, "/etc", "/etc", false);
        assertThatThrownBy(() -> spec(pod(EMPTY.place(), Map.of("etc", node), Optional.empty()), Security.STRICT))
                .hasMessageContaining("mounts the node's folder /etc");
        KubernetesPod.Place admin = new KubernetesPod.Place(Optional.empty(), Optional.empty(), Optional.of("admin"));
        assertThatThrownBy(() -> spec(pod(admin, Map.of(), Optional.empty()), Security.STRICT))
                .hasMessageContaining("service account 'admin'");
        KubernetesPod.Place elsewhere =
                new KubernetesPod.Place(Optional.empty(), Optional.of("kube-system"), Optional.empty());
        assertThatThrownBy(() -> spec(pod(elsewhere, Map.of(), Optional.empty()), Security.STRICT))
                .hasMessageContaining("does not allow Jobs in namespace 'kube-system'");
        assertThatThrownBy(() -> spec(EMPTY, Security.STRICT)).hasMessageContaining("names no image");
        KubernetesPod outside = pod(EMPTY.place(), Map.of(), Optional.of("../../etc/passwd"));
        assertThatThrownBy(() -> spec(outside, Security.STRICT)).isInstanceOf(RefusedException.class);
    }

    @Test
    void aBuiltInProgramRunsInTheImageThatHoldsIt() throws RefusedException {
        Workload.SparkApplication program = new Workload.SparkApplication(
                "/opt/server/tidegate-step-library.jar",
                "io.tidegate.steps.StepMain",
                List.of(),
                List.of("/shared/dag/a.jar", "/shared/dag/b.jar"));

        assertThat(JobManifest.of(
                                request(pod(EMPTY.place(), Map.of(), Optional.empty()), program),
                                OURS,
                                cluster(Security.STRICT))
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getCommand())
                .containsExactly(
                        "/opt/spark/bin/spark-submit",
                        "--master",
                        "local[*]",
                        "--class",
                        "io.tidegate.steps.StepMain",
                        "--jars",
                        "/shared/dag/a.jar,/shared/dag/b.jar",
                        "/opt/tidegate/tidegate-step-library.jar");
        Workload waiting = new Workload.AwaitedData("file:///data", false, Duration.ZERO, Duration.ZERO);
        assertThatThrownBy(() -> JobManifest.of(request(EMPTY, waiting), OURS, cluster(Security.STRICT)))
                .hasMessageContaining("starts commands and built-in programs");
    }
}
