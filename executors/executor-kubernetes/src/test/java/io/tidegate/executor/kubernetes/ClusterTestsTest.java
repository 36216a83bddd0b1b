package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Says aloud when the tests on a real cluster are left out, so that nobody takes them for passed. */
final class ClusterTestsTest {
    @Test
    void leavingThemOutIsTold() {
        assertThat(KubernetesClusterTest.class.getAnnotation(Tag.class).value()).isEqualTo("cluster");
        if (System.getProperty("tidegate.kubernetes") == null) {
            System.out.println(
                    "[kubernetes] KubernetesClusterTest was not run: it needs a cluster; run it with -Pkubernetes"
                            + " and KUBECONFIG set");
        }
    }
}
