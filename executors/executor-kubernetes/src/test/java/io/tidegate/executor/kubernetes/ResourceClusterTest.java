package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The examples with custom resources, on the cluster that KUBECONFIG names. Everything is real but the operators: the test brings the kinds, with small
 * definitions, and plays their controllers, which write the status and make pods.
 */
@NeedsCluster
@Timeout(180)
final class ResourceClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = ResourceWorkload.KEY.value();

    @TempDir
    private Path folder;

    private RealCluster real;
    private KubernetesClient client;
    private String namespace;
    private KubernetesExecutor executor;

    @BeforeEach
    void open() {
        real = RealCluster.open();
        client = real.client();
        namespace = real.namespace();
        for (ExampleResource example : ExampleResource.values()) {
            define(example);
        }
        Security security = new Security(
                Set.of("spark-operator-spark"),
                List.of(),
                false,
                Set.of(
                        "pytorchjobs.kubeflow.org",
                        "sparkapplications.sparkoperator.k8s.io",
                        "inferenceservices.serving.kserve.io"));
        executor = new KubernetesExecutor(
                ClusterRequests.settings(folder, ClusterRequests.cluster(namespace, ClusterRequests.TIMING, security)),
                InstantSource.system());
    }

    @AfterEach
    void close() {
        executor.close();
        real.close();
    }

    /** The kind, as small as can be; one that an operator has brought is left as it is. */
    private void define(ExampleResource example) {
        String definition = """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: %1$s
                  annotations: { api-approved.kubernetes.io: "unapproved, for a test" }
                spec:
                  group: %2$s
                  names: { plural: %3$s, singular: %4$s, kind: %5$s }
                  scope: Namespaced
                  versions:
                    - name: %6$s
                      served: true
                      storage: true
                      subresources: { status: {} }
                      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
                """.formatted(
                        example.qualified(),
                        example.apiVersion().split("/")[0],
                        example.plural(),
                        example.kind().toLowerCase(Locale.ROOT),
                        example.kind(),
                        example.apiVersion().split("/")[1]);
        GenericKubernetesResource wanted = Serialization.unmarshal(definition, GenericKubernetesResource.class);
        if (client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(example.qualified())
                        .get()
                == null) {
            client.resource(wanted).create();
        }
        await().atMost(PATIENCE).until(() -> client.getApiResources(example.apiVersion()) != null);
    }

    private Resource<GenericKubernetesResource> resource(ExampleResource example) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(example.apiVersion().split("/")[0])
                        .withVersion(example.apiVersion().split("/")[1])
                        .withKind(example.kind())
                        .withPlural(example.plural())
                        .withNamespaced(true)
                        .build())
                .inNamespace(namespace)
                .withName(NAME);
    }

    private void status(ExampleResource example, Map<?, ?> status) {
        resource(example).editStatus(object -> {
            object.setAdditionalProperty("status", status);
            return object;
        });
    }

    private ExternalJob launch(ExampleResource example) {
        LaunchResult result = executor.launch(ResourceWorkload.request(folder, example.work(NAME)));
        assertThat(result).isInstanceOf(LaunchResult.Accepted.class);
        return ((LaunchResult.Accepted) result).job();
    }

    private RecordingListener watch(ExternalJob job) {
        RecordingListener listener = new RecordingListener();
        executor.watch(job, listener);
        return listener;
    }

    @ParameterizedTest
    @EnumSource
    void anExampleSucceedsWhenItsControllerSaysSo(ExampleResource example) {
        RecordingListener listener = watch(launch(example));
        status(example, example.running());
        listener.awaitRunning();
        assertThat(listener.ends()).isEmpty();

        status(example, example.succeeded());

        assertThat(listener.awaitEnd()).isEqualTo(Ended.succeeded());
        if (example.work(NAME).keep()) {
            assertThat(resource(example).get()).isNotNull();
        } else {
            await().atMost(PATIENCE).until(() -> resource(example).get() == null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExampleFailsWithItsControllersMessage(ExampleResource example) {
        RecordingListener listener = watch(launch(example));
        status(example, example.running());

        status(example, example.failed());

        Ended ended = listener.awaitEnd();
        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.message()).isEqualTo("broken");
    }

    @Test
    void aLaunchThatIsRepeatedAdoptsAndOneDeletedByOthersIsLost() {
        ExternalJob job = launch(ExampleResource.SPARK);
        assertThat(launch(ExampleResource.SPARK)).isEqualTo(job);
        RecordingListener listener = watch(job);
        status(ExampleResource.SPARK, ExampleResource.SPARK.running());

        resource(ExampleResource.SPARK).delete();

        assertThat(listener.awaitEnd().failure()).contains(FailureKind.LOST);
    }

    @Test
    void aCancelWaitsForThePodsThatItsControllerMade() throws IOException {
        ExternalJob job = launch(ExampleResource.PYTORCH);
        RecordingListener listener = watch(job);
        pod("echo epoch 1; exec sleep 600");
        status(ExampleResource.PYTORCH, ExampleResource.PYTORCH.running());
        await().atMost(PATIENCE).until(() -> log().contains("epoch 1"));

        executor.cancel(job);

        assertThat(listener.awaitEnd().message()).contains("asked to");
        assertThat(client.pods().inNamespace(namespace).list().getItems()).isEmpty();
        assertThat(resource(ExampleResource.PYTORCH).get()).isNull();
    }

    @Test
    void theWholeLogIsThereBeforeTheResourceIsDeleted() throws IOException {
        RecordingListener listener = watch(launch(ExampleResource.PYTORCH));
        String pod = pod("for epoch in 1 2 3; do echo epoch $epoch; done");
        await().atMost(PATIENCE)
                .until(() -> client.pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .get()
                        .getStatus()
                        .getPhase()
                        .equals("Succeeded"));

        status(ExampleResource.PYTORCH, ExampleResource.PYTORCH.succeeded());

        assertThat(listener.awaitEnd()).isEqualTo(Ended.succeeded());
        assertThat(log()).isEqualTo("epoch 1\nepoch 2\nepoch 3\n");
        await().atMost(PATIENCE)
                .until(() ->
                        client.pods().inNamespace(namespace).list().getItems().isEmpty());
    }

    private String log() throws IOException {
        return new String(executor.output(ResourceWorkload.KEY).readLog(0, 1 << 20), StandardCharsets.UTF_8);
    }

    /** As the training operator makes it: marked with the job's name, and owned by the job. */
    private String pod(String script) {
        GenericKubernetesResource owner = resource(ExampleResource.PYTORCH).get();
        return client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(NAME + "-master-0")
                        .withNamespace(namespace)
                        .withLabels(Map.of(
                                "training.kubeflow.org/job-name", NAME, "training.kubeflow.org/replica-type", "master"))
                        .addNewOwnerReference()
                        .withApiVersion(owner.getApiVersion())
                        .withKind(owner.getKind())
                        .withName(NAME)
                        .withUid(owner.getMetadata().getUid())
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .withTerminationGracePeriodSeconds(1L)
                        .addNewContainer()
                        .withName("pytorch")
                        .withImage(RealCluster.IMAGE)
                        .withImagePullPolicy("Never")
                        .withCommand("sh", "-c", script)
                        .endContainer()
                        .endSpec()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }
}
