package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The cluster that KUBECONFIG names, and a namespace of it that one test has for itself. */
public final class RealCluster implements AutoCloseable {
    /** An image with a shell that the cluster knows. */
    public static final String IMAGE = System.getProperty("tidegate.kubernetes.image", "localhost/busybox:1");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ANSWER_MILLIS = 10_000;

    private final KubernetesClient client;
    private final String namespace;
    private final List<HasMetadata> ofWholeCluster = new ArrayList<>();

    private RealCluster(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Whether the build was asked to run tests on a cluster. */
    public static boolean isWanted() {
        return System.getProperty("tidegate.kubernetes") != null;
    }

    /** Why there is no cluster to run tests on; empty when there is one. */
    public static Optional<String> absence() {
        return Absence.REASON;
    }

    private static final class Absence {
        static final Optional<String> REASON = find();

        private static Optional<String> find() {
            String file = System.getenv("KUBECONFIG");
            if (file == null || file.isBlank()) {
                return Optional.of("KUBECONFIG is not set: let it name a kubeconfig file of a cluster for tests");
            }
            Config config = new ConfigBuilder(Config.autoConfigure(null))
                    .withConnectionTimeout(ANSWER_MILLIS)
                    .withRequestTimeout(ANSWER_MILLIS)
                    .withRequestRetryBackoffLimit(0)
                    .build();
            try (KubernetesClient client =
                    new KubernetesClientBuilder().withConfig(config).build()) {
                client.nodes().list();
                return Optional.empty();
            } catch (KubernetesClientException failure) {
                return Optional.of("no cluster answers at " + config.getMasterUrl() + " of KUBECONFIG=" + file + ": "
                        + CreateFailures.message(failure));
            }
        }
    }

    /** Makes a namespace. */
    public static RealCluster open() {
        assertThat(absence()).as("the cluster of KUBECONFIG").isEmpty();
        String namespace = "tidegate-test-" + UUID.randomUUID().toString().substring(0, 8);
        KubernetesClient client = new KubernetesClientBuilder().build();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        // Without it no pod is admitted, and the Job's next try is seconds away.
        await("the namespace's service account")
                .atMost(PATIENCE)
                .until(() -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
        return new RealCluster(client, namespace);
    }

    /** The namespace of this test. */
    public String namespace() {
        return namespace;
    }

    KubernetesClient client() {
        return client;
    }

    /** Creates what a manifest of several documents describes; what names no namespace goes into the one of this test. */
    public void apply(String manifest) {
        client.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(this::create);
    }

    private void create(HasMetadata object) {
        var resource = client.resource(object);
        if (object instanceof Namespaced) {
            resource.inNamespace(namespace).create();
        } else {
            ofWholeCluster.add(resource.create());
        }
    }

    /** A kind of custom resources, for example version {@code v1} of {@code PyTorchJob}, {@code pytorchjobs} of {@code kubeflow.org}. */
    public record CustomKind(String group, String version, String name, String plural) {}

    /** Brings a kind of custom resources, whose objects may look as they like, for as long as this test goes on. */
    public void define(CustomKind kind) {
        apply("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: { name: PLURAL.GROUP }
                spec:
                  group: GROUP
                  names: { plural: PLURAL, kind: KIND }
                  scope: Namespaced
                  versions:
                    - name: VERSION
                      served: true
                      storage: true
                      subresources: { status: {} }
                      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
                """.replace("PLURAL", kind.plural())
                .replace("GROUP", kind.group())
                .replace("KIND", kind.name())
                .replace("VERSION", kind.version()));
        await("the kind " + kind.name())
                .atMost(PATIENCE)
                .until(() -> client.getApiResources(kind.group() + "/" + kind.version()) != null);
    }

    /** The specifications of what there is of a kind. */
    public List<Map<String, Object>> specifications(CustomKind kind) {
        return of(kind).list().getItems().stream()
                .map(object -> object.<Map<String, Object>>get("spec"))
                .toList();
    }

    /** Writes the status of an object, as its controller would. */
    public void setStatus(CustomKind kind, String name, Map<String, Object> status) {
        of(kind).withName(name).editStatus(object -> {
            object.setAdditionalProperty("status", status);
            return object;
        });
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            of(CustomKind kind) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(kind.group())
                        .withVersion(kind.version())
                        .withKind(kind.name())
                        .withPlural(kind.plural())
                        .withNamespaced(true)
                        .build())
                .inNamespace(namespace);
    }

    /** Names of the Jobs there are. */
    public List<String> jobs() {
        return client.batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
                .map(job -> job.getMetadata().getName())
                .toList();
    }

    /** Names of the pods whose programs have not ended. */
    public List<String> activePods() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> !List.of("Succeeded", "Failed")
                        .contains(
                                Optional.ofNullable(pod.getStatus().getPhase()).orElse("")))
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    /** Runs a command in the pod of a Job, and waits until it has ended well. */
    public void runIn(String job, String... command) {
        String pod = awaitPod(job).getMetadata().getName();
        try (ExecWatch running = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .redirectingError()
                .exec(command)) {
            assertThat(running.exitCode().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("exit code of %s in pod %s", List.of(command), pod)
                    .isZero();
        } catch (ExecutionException | TimeoutException | InterruptedException failure) {
            throw new AssertionError("cannot run " + List.of(command) + " in pod " + pod, failure);
        }
    }

    /** The one pod of a Job, once there is one. */
    Pod awaitPod(String job) {
        return await("the pod of " + job)
                .atMost(PATIENCE)
                .until(() -> pods(job), pods -> pods.size() == 1)
                .get(0);
    }

    List<Pod> pods(String job) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("batch.kubernetes.io/job-name", job)
                .list()
                .getItems();
    }

    /** Waits until no program of this namespace is running or about to. */
    public void awaitNothingActive() {
        await("the end of all pods").atMost(PATIENCE).until(() -> activePods().isEmpty());
    }

    /** Writes a kubeconfig file whose contexts all mean this namespace. */
    public Path kubeconfig(Path file) {
        KubernetesSerialization yaml = client.getKubernetesSerialization();
        try {
            var config = yaml.unmarshal(
                    Files.readString(Path.of(System.getenv("KUBECONFIG"))),
                    io.fabric8.kubernetes.api.model.Config.class);
            config.getContexts().forEach(named -> named.getContext().setNamespace(namespace));
            return Files.writeString(file, yaml.asYaml(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its API is. */
    public String address() {
        String url = client.getMasterUrl().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Names of the pods with a label, whatever has become of them. */
    public List<String> pods(String label, String value) {
        return client.pods().inNamespace(namespace).withLabel(label, value).list().getItems().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    /** Deletes the namespace with everything in it, without waiting for it. */
    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        ofWholeCluster.forEach(object -> client.resource(object).delete());
        client.close();
    }
}
