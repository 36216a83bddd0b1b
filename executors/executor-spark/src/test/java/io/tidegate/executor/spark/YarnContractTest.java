package io.tidegate.executor.spark;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.ExecutorContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract in cluster mode, which takes minutes: run with {@code -Dtidegate.contract.clusters=true}. */
@EnabledIfSystemProperty(named = "tidegate.contract.clusters", matches = "true")
final class YarnContractTest extends ExecutorContract {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private static YarnFixture yarn;
    private static Path sessionJar;

    private final String run = "contract-" + RUNS.incrementAndGet();

    @BeforeAll
    static void startCluster(@TempDir Path shared) throws IOException {
        yarn = new YarnFixture(new YarnServers(shared), shared);
        sessionJar = TestHome.sessionApplication(TestHome.YARN, shared);
    }

    @AfterAll
    static void stopCluster() {
        yarn.servers().close();
    }

    @AfterEach
    void awaitSubmits() {
        SubmitsOver.awaitAll(folder.resolve("attempts"));
    }

    @Override
    protected String runId() {
        return run;
    }

    @Override
    protected Executor open() {
        return yarn.open(folder);
    }

    @Override
    protected ContractWorkloads workloads() {
        return new ApplicationWorkloads(sessionJar, "SessionApplication");
    }

    @Override
    protected ExecutorSettings settings() {
        return yarn.settings(DeployMode.CLUSTER, Map.of());
    }

    @Override
    protected void vanish(ExternalJob job) {
        Assumptions.abort("YARN forgets no application in a hurry; DriverWatchTest has one that is gone");
    }
}
