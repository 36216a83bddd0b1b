package io.tidegate.server.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.executor.kubernetes.RealCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Says aloud when the end-to-end tests on a real cluster are left out, so that nobody takes them for passed. */
final class ClusterTestsTest {
    @Test
    void leavingThemOutIsTold() {
        assertThat(PodsIT.class.getAnnotation(Tag.class).value()).isEqualTo("cluster");
        if (!RealCluster.isWanted()) {
            System.out.println(
                    "[kubernetes] not run: PodsIT; -Pkubernetes runs it on the cluster that KUBECONFIG names");
        }
    }
}
