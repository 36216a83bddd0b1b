package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Access;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Opens the client of a cluster. */
final class ClientSettings {
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final int REQUEST_TIMEOUT_MILLIS = 15_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private ClientSettings() {}

    /**
     * Where a cluster is and who we are there.
     *
     * @throws IllegalArgumentException when there is no such configuration
     */
    static Config find(ClusterSettings cluster, Map<String, String> environment) {
        return cluster.access() instanceof Access.Kubeconfig file
                ? fromFile(cluster.name(), file, environment)
                : inCluster(cluster.name(), environment);
    }

    /** A client. It makes no request yet. */
    static KubernetesClient open(Config config, RateLimit limit) {
        return new KubernetesClientBuilder()
                .withConfig(tuned(config))
                .withHttpClientBuilderConsumer(
                        builder -> builder.addOrReplaceInterceptor("tidegate-retry-after", new RetryAfter(limit)))
                .build();
    }

    private static Config tuned(Config config) {
        return new ConfigBuilder(config)
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .withConnectionTimeout(CONNECT_TIMEOUT_MILLIS)
                // The client would ask again without the pause that the cluster wants: we do it ourselves.
                .withRequestRetryBackoffLimit(0)
                // Each log that is followed is a stream, and a connection of HTTP/2 has but a hundred.
                .withHttp2Disable(true)
                .build();
    }

    private static Config fromFile(String cluster, Access.Kubeconfig access, Map<String, String> environment) {
        Path file = access.file()
                .or(() -> Optional.ofNullable(environment.get("KUBECONFIG")).filter(path -> !path.isBlank()))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kube", "config"));
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    "cluster '" + cluster + "': the kubeconfig file " + file + " cannot be read");
        }
        Config config;
        try {
            config = Config.fromKubeconfig(access.context().orElse(null), file.toFile());
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException(
                    "cluster '" + cluster + "': " + file + " is no kubeconfig file: " + malformed.getMessage(),
                    malformed);
        }
        access.context().ifPresent(wanted -> {
            if (config.getCurrentContext() == null
                    || !wanted.equals(config.getCurrentContext().getName())) {
                throw new IllegalArgumentException(
                        "cluster '" + cluster + "': " + file + " has no context '" + wanted + "'");
            }
        });
        return config;
    }

    private static Config inCluster(String cluster, Map<String, String> environment) {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        String port = environment.get("KUBERNETES_SERVICE_PORT");
        if (host == null || port == null || !Files.isReadable(ACCOUNT.resolve("token"))) {
            throw new IllegalArgumentException("cluster '" + cluster
                    + "' is declared in_cluster, but this server does not run in a pod with a service account");
        }
        String address = host.contains(":") ? "[" + host + "]" : host;
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + address + ":" + port + "/")
                .withCaCertFile(ACCOUNT.resolve("ca.crt").toString())
                // The token is replaced every hour.
                .withOauthTokenProvider(ClientSettings::token)
                .build();
    }

    private static String token() {
        try {
            return Files.readString(ACCOUNT.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
