package io.tidegate.executor.spark.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What is needed to ask a cluster: the current context of a kubeconfig, or else the service account of the pod that this is.
 *
 * @param server address of the API server
 * @param namespace where drivers live
 * @param authority certificate of the cluster's authority in PEM; the machine's own when absent
 * @param token bearer token
 * @param certificate client certificate in PEM
 * @param key its private key in PEM
 */
record Kubeconfig(
        String server,
        String namespace,
        Optional<String> authority,
        Optional<String> token,
        Optional<String> certificate,
        Optional<String> key) {
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param environment may name a kubeconfig by KUBECONFIG
     * @param server the API server's address, when there is no kubeconfig
     * @throws IOException when there is neither, or it cannot be read
     */
    static Kubeconfig read(Map<String, String> environment, String server) throws IOException {
        Optional<Path> file = Optional.ofNullable(environment.get("KUBECONFIG"))
                .filter(value -> !value.isBlank())
                .map(Path::of);
        if (file.isPresent()) {
            return parse(file.get());
        }
        if (!Files.isReadable(SERVICE_ACCOUNT.resolve("token"))) {
            throw new IOException("KUBECONFIG is not set, and this is no pod of the cluster");
        }
        return new Kubeconfig(
                server,
                Files.readString(SERVICE_ACCOUNT.resolve("namespace")).strip(),
                Optional.of(Files.readString(SERVICE_ACCOUNT.resolve("ca.crt"))),
                Optional.of(Files.readString(SERVICE_ACCOUNT.resolve("token")).strip()),
                Optional.empty(),
                Optional.empty());
    }

    private static Kubeconfig parse(Path file) throws IOException {
        JsonNode root;
        try {
            Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            root = JSON.valueToTree(loaded);
        } catch (YamlEngineException e) {
            throw new IOException(file + " is no kubeconfig: " + e.getMessage(), e);
        }
        JsonNode context =
                named(root, "contexts", root.path("current-context").asText()).path("context");
        JsonNode cluster =
                named(root, "clusters", context.path("cluster").asText()).path("cluster");
        JsonNode user = named(root, "users", context.path("user").asText()).path("user");
        if (!cluster.has("server")) {
            throw new IOException(file + " has no current context with a cluster");
        }
        if (user.has("exec") || user.has("auth-provider")) {
            throw new IOException(file + " asks a program for its credentials, which is not supported:"
                    + " use a token or a client certificate");
        }
        return new Kubeconfig(
                cluster.path("server").asText(),
                context.path("namespace").asText("default"),
                pem(cluster, "certificate-authority", file),
                text(user, "token"),
                pem(user, "client-certificate", file),
                pem(user, "client-key", file));
    }

    private static JsonNode named(JsonNode root, String list, String name) {
        for (JsonNode entry : root.path(list)) {
            if (entry.path("name").asText().equals(name)) {
                return entry;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name).asText()).filter(value -> !value.isEmpty());
    }

    /** Given in place, or as the path of a file. */
    private static Optional<String> pem(JsonNode node, String name, Path file) throws IOException {
        Optional<String> data = text(node, name + "-data");
        if (data.isPresent()) {
            return Optional.of(new String(Base64.getMimeDecoder().decode(data.get()), StandardCharsets.US_ASCII));
        }
        Optional<String> path = text(node, name);
        return path.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.readString(file.toAbsolutePath().resolveSibling(path.get())));
    }
}
