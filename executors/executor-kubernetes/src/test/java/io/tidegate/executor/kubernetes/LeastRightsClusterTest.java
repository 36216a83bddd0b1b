package io.tidegate.executor.kubernetes;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract again, under exactly the rights that {@code deploy/kubernetes/rbac.yaml} gives. */
@NeedsCluster
final class LeastRightsClusterTest extends KubernetesClusterTest {
    private static final Path RIGHTS = Path.of("../../deploy/kubernetes/rbac.yaml");

    private String token;

    @Override
    void prepare(RealCluster cluster) {
        try {
            cluster.apply(Files.readString(RIGHTS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cluster.apply("""
                apiVersion: v1
                kind: Secret
                type: kubernetes.io/service-account-token
                metadata: { name: token, annotations: { kubernetes.io/service-account.name: tidegate } }
                """);
        var secret = cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName("token")
                .waitUntilCondition(
                        made -> made.getData() != null && made.getData().containsKey("token"), 1, MINUTES);
        token = new String(Base64.getDecoder().decode(secret.getData().get("token")), StandardCharsets.US_ASCII);
    }

    @Override
    Config access(ClusterSettings settings) {
        Config administrator = super.access(settings);
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(administrator.getMasterUrl())
                .withCaCertData(administrator.getCaCertData())
                .withCaCertFile(administrator.getCaCertFile())
                .withTrustCerts(administrator.isTrustCerts())
                .withOauthToken(token)
                .build();
    }

    @Test
    void theTokenIsThatOfTheAccountAndOpensNothingElse() {
        ClusterSettings cluster = ClusterRequests.cluster("default", ClusterRequests.TIMING, List.of());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(access(cluster)).build()) {
            assertThatThrownBy(() -> client.secrets().inNamespace("default").list())
                    .hasMessageContaining("system:serviceaccount:tidegate-test-");
        }
    }
}
