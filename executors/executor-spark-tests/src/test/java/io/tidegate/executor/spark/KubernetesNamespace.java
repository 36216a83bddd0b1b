package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidegate.executor.ExternalJob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A namespace of its own on the cluster that KUBECONFIG names. Its node must see this machine's temporary folder, and know the image whose
 * name TIDEGATE_TEST_SPARK_IMAGE gives.
 */
final class KubernetesNamespace implements TestCluster {
    static final String PROFILE = "kubernetes-test";
    private static final String ACCOUNT = "spark";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static KubernetesNamespace shared;

    private final String namespace =
            "tidegate-spark-" + UUID.randomUUID().toString().substring(0, 8);
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final Path kubeconfig;
    private final String server;
    private final ApplicationWorkloads workloads;
    private final ApplicationWorkloads sessions;

    /** The namespace of all tests, made with the first. */
    static synchronized KubernetesNamespace shared() {
        if (shared == null) {
            try {
                shared = new KubernetesNamespace(Files.createTempDirectory("tidegate-kubernetes"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(shared::delete));
        }
        return shared;
    }

    private KubernetesNamespace(Path folder) throws IOException {
        assertThat(System.getenv("KUBECONFIG"))
                .as("KUBECONFIG names the cluster that these tests run on")
                .isNotBlank();
        assertThat(System.getenv("TIDEGATE_TEST_SPARK_IMAGE"))
                .as("TIDEGATE_TEST_SPARK_IMAGE names an image made as deploy/images says")
                .isNotBlank();
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: { name: NAMESPACE }
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: { name: spark, namespace: NAMESPACE }
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: { name: spark, namespace: NAMESPACE }
                roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit }
                subjects: [{ kind: ServiceAccount, name: spark, namespace: NAMESPACE }]
                """);
        ObjectNode configuration = withNamespace(Files.readString(Path.of(System.getenv("KUBECONFIG"))));
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), configuration.toString());
        server = client.getConfiguration().getMasterUrl().replaceAll("/+$", "");
        workloads = new ApplicationWorkloads(TestHome.contractApplication(folder));
        sessions =
                new ApplicationWorkloads(TestHome.sessionApplication(TestHome.BUNDLED, folder), "SessionApplication");
    }

    private void apply(String manifests) {
        byte[] yaml = manifests.replace("NAMESPACE", namespace).getBytes(StandardCharsets.UTF_8);
        client.load(new ByteArrayInputStream(yaml)).create();
    }

    /** Every context in our namespace. */
    private ObjectNode withNamespace(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        ObjectNode configuration = JSON.valueToTree(loaded);
        for (JsonNode context : configuration.path("contexts")) {
            ((ObjectNode) context.path("context")).put("namespace", namespace);
        }
        return configuration;
    }

    @Override
    public SparkProfile profile() {
        return new SparkProfile(
                PROFILE,
                TestHome.BUNDLED,
                Map.of("KUBECONFIG", kubeconfig.toString(), "JDK_JAVA_OPTIONS", TestHome.SHORT_LIVED),
                Optional.of("k8s://" + server),
                Optional.empty(),
                Optional.of("http://history:18080"));
    }

    @Override
    public Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>(Map.of(
                "spark.kubernetes.container.image",
                System.getenv("TIDEGATE_TEST_SPARK_IMAGE"),
                "spark.kubernetes.authenticate.driver.serviceAccountName",
                ACCOUNT,
                "spark.kubernetes.driver.request.cores",
                "100m",
                "spark.kubernetes.executor.request.cores",
                "100m",
                "spark.executor.instances",
                "1",
                "spark.executor.memory",
                "512m",
                "spark.driver.extraJavaOptions",
                TestHome.SHORT_LIVED,
                "spark.executor.extraJavaOptions",
                TestHome.SHORT_LIVED));
        String folders = System.getProperty("java.io.tmpdir");
        for (String part : List.of("driver", "executor")) {
            String volume = "spark.kubernetes." + part + ".volumes.hostPath.shared.";
            configuration.put(volume + "mount.path", folders);
            configuration.put(volume + "options.path", folders);
        }
        return configuration;
    }

    /** In a session, with an executor. */
    ApplicationWorkloads sessions() {
        return sessions;
    }

    @Override
    public ApplicationWorkloads workloads() {
        return workloads;
    }

    @Override
    public void forget(ExternalJob job) {
        client.pods()
                .inNamespace(namespace)
                .withName(job.key().value())
                .withGracePeriod(0)
                .delete();
    }

    private void delete() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
