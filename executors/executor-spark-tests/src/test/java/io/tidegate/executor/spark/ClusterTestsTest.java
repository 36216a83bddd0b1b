package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Says aloud when the tests on a real Kubernetes are left out, so that nobody takes them for passed. */
final class ClusterTestsTest {
    @Test
    void leavingThemOutIsTold() {
        assertThat(SparkOnKubernetesTest.class.getAnnotation(Tag.class).value()).isEqualTo("cluster");
        if (System.getProperty("tidegate.kubernetes") == null) {
            System.out.println("[kubernetes] not run: SparkOnKubernetesTest; -Pkubernetes runs it on the cluster that"
                    + " KUBECONFIG names, with the image that TIDEGATE_TEST_SPARK_IMAGE names");
        }
    }
}
