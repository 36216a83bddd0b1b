package io.tidegate.executor.spark.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Workload;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.spark.cluster.Pages;
import io.tidegate.executor.spark.cluster.SparkCluster;
import io.tidegate.executor.spark.cluster.Submission;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Kubernetes in cluster mode. The driver's pod is named by its launch key, so that a second submit under it fails, and labelled with it and
 * the installation.
 * Drivers live in the namespace of the kubeconfig's current context.
 */
public final class KubernetesCluster implements SparkCluster {
    private static final String KEY_LABEL = "tidegate.io/launch-key";
    private static final String INSTALLATION_LABEL = "tidegate.io/installation";
    private static final String LABEL_PROPERTY = "spark.kubernetes.driver.label.";
    private static final String VARIABLE_PROPERTY = "spark.kubernetes.driverEnv.";
    private static final String NAMESPACE = "spark.kubernetes.namespace";
    private static final String UPLOADS = "spark.kubernetes.file.upload.path";
    private static final String PORT_OF_PAGES = "spark-ui";

    private final String name;
    private final InstallationId installation;
    private final String server;
    private final Map<String, String> environment;
    private ApiServer api;

    /**
     * @param name what people call it
     * @param installation what drivers are marked with
     * @param server address of the API server, which counts where there is no kubeconfig
     * @param environment variables of its submits, which may name a kubeconfig
     */
    public KubernetesCluster(String name, InstallationId installation, String server, Map<String, String> environment) {
        this.name = name;
        this.installation = installation;
        this.server = server;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> properties(Submission submission) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(LABEL_PROPERTY + KEY_LABEL, submission.key().value());
        properties.put(LABEL_PROPERTY + INSTALLATION_LABEL, installation.value());
        properties.put("spark.kubernetes.driver.pod.name", submission.key().value());
        properties.put("spark.kubernetes.submission.waitAppCompletion", "false");
        namespace().ifPresent(namespace -> properties.put(NAMESPACE, namespace));
        Map<String, String> variables = new HashMap<>(submission.environment());
        // Without a locale the Java runtime reads arguments and variables as ASCII.
        variables.putIfAbsent("LANG", "C.UTF-8");
        variables.put("TIDEGATE_OUTPUT", submission.report().toString());
        variables.put("TIDEGATE_SPECIFICATION", submission.specification().toString());
        variables.forEach((variable, value) -> properties.put(VARIABLE_PROPERTY + variable, literal(value)));
        return properties;
    }

    /** Without a place to which Spark uploads files of this machine, they are to be found in the pods under the same path. */
    @Override
    public Workload.SparkApplication submitted(Submission submission) {
        Workload.SparkApplication application = submission.application();
        boolean uploaded = submission.configuration().containsKey(UPLOADS);
        UnaryOperator<String> place = file -> uploaded || !file.startsWith("/") ? file : "local://" + file;
        return new Workload.SparkApplication(
                place.apply(application.application()),
                application.mainClass(),
                application.arguments().stream().map(KubernetesCluster::literal).toList(),
                application.jars().stream().map(place).toList());
    }

    /** Kubernetes reads {@code $(NAME)} in arguments and variables as a variable, and {@code $$} as a dollar. */
    private static String literal(String text) {
        return text.replace("$", "$$");
    }

    private Optional<String> namespace() {
        try {
            return Optional.of(api().namespace());
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> refusal(Submission submission) {
        try {
            String namespace = api().namespace();
            String wanted = submission.configuration().getOrDefault(NAMESPACE, namespace);
            return wanted.equals(namespace)
                    ? Optional.empty()
                    : Optional.of("drivers are looked for in namespace " + namespace + ", not in " + wanted
                            + ": use a profile whose kubeconfig has that namespace");
        } catch (IOException e) {
            return Optional.of(e.getMessage() + ": name a kubeconfig by KUBECONFIG in the environment of the profile");
        }
    }

    @Override
    public Optional<ClusterDriver> find(LaunchKey key) throws IOException {
        return pods("pods?labelSelector=" + KEY_LABEL + "%3D" + key).stream().findFirst();
    }

    @Override
    public List<ClusterDriver> list() throws IOException {
        return pods("pods?labelSelector=" + KEY_LABEL);
    }

    private List<ClusterDriver> pods(String path) throws IOException {
        JsonNode answer = api().pages().json(api().request(path));
        List<ClusterDriver> drivers = new ArrayList<>();
        for (JsonNode pod : answer.path("items")) {
            driver(pod).ifPresent(drivers::add);
        }
        return drivers;
    }

    private Optional<ClusterDriver> driver(JsonNode pod) throws IOException {
        JsonNode metadata = pod.path("metadata");
        Optional<String> mark = Optional.ofNullable(
                metadata.path("labels").path(INSTALLATION_LABEL).textValue());
        if (!installation.mayOwn(mark)) {
            return Optional.empty();
        }
        LaunchKey key;
        try {
            key = new LaunchKey(metadata.path("labels").path(KEY_LABEL).asText());
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        Map<String, String> details = new HashMap<>();
        details.put("pod", metadata.path("name").asText());
        details.put("namespace", metadata.path("namespace").asText());
        details.put(
                ClusterDriver.APPLICATION_ID,
                metadata.path("labels").path("spark-app-selector").asText());
        Optional.of(pod.path("spec").path("nodeName").asText())
                .filter(node -> !node.isEmpty())
                .ifPresent(node -> details.put("node", node));
        String phase = pod.path("status").path("phase").asText();
        if (phase.equals("Running")) {
            addPages(pod, details);
        }
        return Optional.of(new ClusterDriver(
                key,
                metadata.path("name").asText(),
                phase,
                phase.equals("Running"),
                PodEnds.of(pod.path("status")),
                Optional.of(metadata.path("creationTimestamp").asText())
                        .filter(text -> !text.isEmpty())
                        .map(Instant::parse),
                mark.isPresent(),
                details));
    }

    private void addPages(JsonNode pod, Map<String, String> details) throws IOException {
        Optional<Integer> port = portOfPages(pod);
        if (port.isPresent()) {
            details.put(ClusterDriver.TRACKING_URL, proxy(api(), pod.path("metadata"), port.get()));
        }
    }

    private static Optional<Integer> portOfPages(JsonNode pod) {
        for (JsonNode container : pod.path("spec").path("containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("name").asText().equals(PORT_OF_PAGES)) {
                    return Optional.of(port.path("containerPort").asInt());
                }
            }
        }
        return Optional.empty();
    }

    /** The pages of a driver as the API server hands them on, to whoever may read pods there. */
    private static String proxy(ApiServer api, JsonNode metadata, int port) throws IOException {
        return api.request("pods/" + metadata.path("name").asText() + ":" + port + "/proxy/")
                .build()
                .uri()
                .toString();
    }

    @Override
    public JsonNode page(String trackingUrl, String path) throws IOException {
        return api().pages().json(api().requestTo(Pages.below(trackingUrl, path)));
    }

    @Override
    public void kill(ClusterDriver driver) throws IOException {
        api().pages().act(api().request("pods/" + driver.id()).DELETE());
    }

    @Override
    public byte[] read(ClusterDriver driver, DriverFile file, long offset, int maximumBytes) throws IOException {
        // Both streams are one in a pod's log.
        boolean there = file == DriverFile.ERRORS && !driver.phase().equals("Pending");
        return there
                ? api().pages().get(api().request("pods/" + driver.id() + "/log"), offset, maximumBytes)
                : new byte[0];
    }

    private synchronized ApiServer api() throws IOException {
        if (api == null) {
            api = new ApiServer(Kubeconfig.read(environment, server));
        }
        return api;
    }

    @Override
    public void close() {
        // Nothing is held open between requests.
    }
}
