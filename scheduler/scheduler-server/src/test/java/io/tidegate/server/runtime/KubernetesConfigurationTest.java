package io.tidegate.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Access;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Limits;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import io.tidegate.executor.kubernetes.settings.Timing;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.KubernetesClusters;
import io.tidegate.server.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The part {@code kubernetes} of the configuration file: its defaults, every key, and the example in the documentation. */
final class KubernetesConfigurationTest {
    @TempDir
    private Path folder;

    private List<ClusterSettings> clusters(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("tidegate.yaml"), text);
        return KubernetesClusters.of(ConfigurationFile.read(file).kubernetes().orElseThrow());
    }

    @Test
    void aNamespaceIsEnough() throws IOException {
        assertThat(clusters("kubernetes: { clusters: { main: { namespace: jobs } } }"))
                .containsExactly(new ClusterSettings(
                        "main",
                        new Access.Kubeconfig(Optional.empty(), Optional.empty()),
                        List.of("jobs"),
                        Optional.empty(),
                        Limits.DEFAULT,
                        Timing.DEFAULT,
                        Security.STRICT));
    }

    @Test
    void theDocumentedExampleHasEveryKeyAndMeansWhatItSays() throws IOException {
        String operations = Files.readString(Path.of("../OPERATIONS.md"));
        Matcher example =
                Pattern.compile("(?ms)^```yaml\\n(kubernetes:.*?)^```$").matcher(operations);
        assertThat(example.find()).isTrue();

        assertThat(clusters(example.group(1)))
                .containsExactly(
                        new ClusterSettings(
                                "main",
                                new Access.Kubeconfig(
                                        Optional.of("/etc/tidegate/kubeconfig"), Optional.of("production")),
                                List.of("tidegate-jobs"),
                                Optional.of("http://tidegate.example.org:8080"),
                                Limits.DEFAULT,
                                Timing.DEFAULT,
                                Security.STRICT),
                        new ClusterSettings(
                                "gpu-farm",
                                new Access.InCluster(),
                                List.of("training", "evaluation"),
                                Optional.empty(),
                                new Limits(20, 50, 8),
                                new Timing(
                                        Duration.ofHours(2),
                                        Duration.ofMinutes(1),
                                        Duration.ofMinutes(5),
                                        Duration.ofHours(6),
                                        Duration.ofSeconds(20)),
                                new Security(
                                        Set.of("reader"),
                                        List.of("/mnt/flights"),
                                        false,
                                        Set.of("pytorchjobs.kubeflow.org"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kubernetes: {} | kubernetes needs clusters",
                "kubernetes: { clusters: { main: { } } } | kubernetes.clusters.main needs a namespace",
                "kubernetes: { clusters: { main: { namespace: a, in_cluster: true, context: b } } } | not both",
                "kubernetes: { clusters: { main: { namespace: a, api_address: tidegate } } } | must be an http or https address",
                "kubernetes: { clusters: { main: { namespace: a, timing: { pending: 10 } } } } | kubernetes.clusters.main.timing.pending",
                "kubernetes: { clusters: { main: { namespace: a, timing: { keep_finished: 10s } } } } | at least 5 minutes",
                "kubernetes: { clusters: { main: { namespace: a, limits: { burst: 0 } } } } | must be positive",
                "kubernetes: { clusters: { main: { namespace: a, resources: [PyTorchJob] } } } | named plural.group",
                "kubernetes: { clusters: { main: { namespace: a, privileged: true } } } | there is no setting 'privileged'"
            })
    void whatMakesNoSenseIsTold(String text, String message) {
        assertThatThrownBy(() -> clusters(text))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }
}
