package io.tidegate.server.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.executor.kubernetes.RealCluster;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Says aloud when the end-to-end tests on a real cluster are left out, so that nobody takes them for passed. */
final class ClusterTestsTest {
    @Test
    void leavingThemOutIsTold() {
        assertThat(List.of(PodsIT.class, DemoInPodsIT.class))
                .allSatisfy(test ->
                        assertThat(test.getAnnotation(Tag.class).value()).isEqualTo("cluster"));
        if (!RealCluster.isWanted()) {
            System.out.println("[kubernetes] not run: PodsIT, DemoInPodsIT; -Pkubernetes runs them on the cluster that"
                    + " KUBECONFIG names");
        } else if (DemoInPodsIT.image().isEmpty()) {
            System.out.println("[kubernetes] not run: DemoInPodsIT; it needs the image of deploy/images, named by"
                    + " TIDEGATE_TEST_SPARK_IMAGE");
        }
    }
}
