package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The demo's steps with nothing changed but the master. */
@Timeout(600)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock(value = "clusters", mode = ResourceAccessMode.READ)
final class DemoStepsTest {
    @BeforeEach
    void needPrograms() {
        assertThat(DemoSteps.areBuilt())
                .as("the steps' jars are there: ./mvnw -Pquick -DskipTests package -pl :examples -am makes them")
                .isTrue();
    }

    @Test
    void theyDoTheSameOnAStandaloneCluster() throws IOException {
        DemoSteps.assertSame(StandaloneServers.shared());
    }

    @Test
    void theyDoTheSameOnYarn() throws IOException {
        DemoSteps.assertSame(YarnServers.shared());
    }

    @Test
    @Tag("cluster")
    void theyDoTheSameOnKubernetes() throws IOException {
        DemoSteps.assertSame(KubernetesNamespace.shared());
    }
}
