package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.dag.step.SparkResources;
import io.tidegate.dag.step.SparkTarget;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.testkit.ContractWorkloads;
import io.tidegate.executor.testkit.ExecutorFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real application with OpenLineage's listener, and a receiver of its events. */
@Timeout(600)
final class LineageTest extends ExecutorFixture {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            events.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    @Override
    protected Executor open(InstallationId installation) {
        return new SparkExecutor(
                new SparkSettings(TestHome.BUNDLED, folder.resolve("cache"), SparkSettings.Archives.NEVER),
                ProcessSettings.defaults(installation, folder.resolve("attempts")),
                InstantSource.system());
    }

    @Override
    protected ContractWorkloads workloads() {
        throw new UnsupportedOperationException("the contract is asked elsewhere");
    }

    @Override
    protected ExecutorSettings settings() {
        return new ExecutorSettings.Spark(
                SparkTarget.of("local[2]"), SparkResources.of("512m"), SparkDependencies.NONE, true, Map.of());
    }

    @Override
    protected void vanish(ExternalJob job) {
        throw new UnsupportedOperationException("the contract is asked elsewhere");
    }

    private Workload counting(Path input, Path output) throws IOException {
        Path jar = TestHome.compile(folder, "LineageApplication", """
                import org.apache.spark.sql.*;
                import static org.apache.spark.sql.functions.*;
                public class LineageApplication {
                    public static void main(String[] arguments) {
                        SparkSession session = SparkSession.builder().getOrCreate();
                        session.read().json(arguments[0]).groupBy(col("airport")).count().write().parquet(arguments[1]);
                        session.stop();
                    }
                }
                """);
        return new Workload.SparkApplication(
                jar.toString(), "LineageApplication", List.of(input.toString(), output.toString()), List.of());
    }

    @Test
    void whatWasReadAndWrittenIsToldUnderTheAttempt() throws IOException {
        Path input =
                Files.writeString(folder.resolve("flights.json"), "{\"airport\":\"ATL\"}\n{\"airport\":\"ORD\"}\n");
        Path output = folder.resolve("counts");
        LaunchRequest request = request(
                counting(input, output),
                Map.of(
                        "OPENLINEAGE_URL",
                                "http://127.0.0.1:" + receiver.getAddress().getPort(),
                        "TIDEGATE_DAG", "contract",
                        "TIDEGATE_RUN_ID", "run-1",
                        "TIDEGATE_STEP", "step",
                        "TIDEGATE_ATTEMPT", "1"));

        assertThat(run(request)).as(() -> log(request.key())).isEqualTo(Observation.Ended.succeeded());

        String parent = UUID.nameUUIDFromBytes("run-1/step/1".getBytes(StandardCharsets.UTF_8))
                .toString();
        assertThat(events)
                .anyMatch(event -> event.contains(parent) && event.contains("contract.step"))
                .anyMatch(event -> event.contains(input.toString()) && event.contains("\"inputs\":[{"))
                .anyMatch(event -> event.contains(output.toString()) && event.contains("\"outputs\":[{"));
    }
}
