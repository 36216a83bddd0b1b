package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody is to take the tests on a real cluster for passed: leaving them out is said aloud, and a cluster that is missing is a failure. */
@Timeout(60)
final class ClusterTestsTest {
    @Test
    void theyRunOrItIsSaidThatTheyDoNot() throws Exception {
        List<String> tests = names();
        assertThat(tests).contains("KubernetesClusterTest", "LeastRightsClusterTest");
        for (String test : tests) {
            assertThat(Class.forName(getClass().getPackageName() + "." + test).isAnnotationPresent(NeedsCluster.class))
                    .as("%s has the annotation that its name promises", test)
                    .isTrue();
        }
        if (!RealCluster.isWanted()) {
            System.out.println("[kubernetes] not run: " + String.join(", ", tests)
                    + "; -Pkubernetes runs them on the cluster that KUBECONFIG names");
        }
    }

    @Test
    void theClusterThatWasAskedForIsThere() {
        if (RealCluster.isWanted()) {
            RealCluster.absence().ifPresent(reason -> fail("-Pkubernetes needs a cluster, and " + reason));
        }
    }

    private static List<String> names() throws IOException, URISyntaxException {
        Path folder = Path.of(ClusterTestsTest.class
                        .getResource("ClusterTestsTest.class")
                        .toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("ClusterTest.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }
}
