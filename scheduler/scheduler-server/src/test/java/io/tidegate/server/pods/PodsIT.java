package io.tidegate.server.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.executor.kubernetes.RealCluster;
import io.tidegate.server.testing.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A DAG whose steps are Jobs of a real cluster: they share a folder, report to the server, are followed, fail, and outlive a server that is killed. */
@Tag("cluster")
@Timeout(1200)
final class PodsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private ServerWithCluster server;

    @BeforeEach
    void open() throws Exception {
        server = new ServerWithCluster(folder);
        server.share("shared", Path.of("/tmp", server.cluster.namespace()));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private void declare(String dag) throws Exception {
        Path file = Path.of(
                PodsIT.class.getResource("/dags/in-pods/" + dag + ".dag.yaml").toURI());
        server.declare(dag, Files.readString(file).replace("localhost/busybox:1", RealCluster.IMAGE));
    }

    private static void awaitState(Api api, String run, String state) {
        await("run is " + state).atMost(PATIENCE).until(() -> api.state(run), state::equals);
    }

    private static void awaitStep(Api api, String run, String step, String state) {
        await(step + " is " + state)
                .atMost(PATIENCE)
                .until(() -> api.step(run, step).at("/step/state").asText(), state::equals);
    }

    private static String job(Api api, String run, String step) {
        return api.step(run, step).at("/attempts/0/launch_key").asText();
    }

    @Test
    void stepsShareDataReportToTheServerAreFollowedAndRunAgain() throws Exception {
        declare("flights");
        Api api = server.start("");
        String run = api.run("flights", "{}");

        awaitStep(api, run, "land", "running");
        await("its log is followed")
                .atMost(PATIENCE)
                .until(() -> api.log(run, "land", 1).startsWith("landing\n"));
        assertThat(api.step(run, "land").at("/step/state").asText()).isEqualTo("running");
        server.cluster.runIn(job(api, run, "land"), "touch", "/shared/go");
        awaitState(api, run, "failed");

        assertThat(api.log(run, "land", 1)).endsWith("landing\nlanded\n");
        JsonNode clean = api.step(run, "clean");
        assertThat(clean.path("metrics"))
                .hasSize(1)
                .first()
                .satisfies(metric -> assertThat(metric.path("value").asInt()).isEqualTo(729));
        assertThat(clean.at("/output_values/good").asInt()).as(clean.toString()).isEqualTo(729);
        assertThat(api.step(run, "train").path("metrics")).hasSize(300);
        assertThat(api.step(run, "publish").at("/attempts/0/failure").asText()).isEqualToIgnoringCase("user");
        assertThat(api.step(run, "publish").at("/attempts/0/exit_code").asInt()).isEqualTo(3);

        assertThat(api.post("/runs/" + run + "/rerun", "{\"from\":\"failed\"}").status())
                .isEqualTo(202);
        awaitState(api, run, "succeeded");

        assertThat(api.log(run, "publish", 2)).contains("attempt 2\n").endsWith("729\n");
        for (String step : List.of("land", "clean", "train")) {
            assertThat(api.step(run, step).path("attempts")).as(step).hasSize(1);
        }
        assertThat(server.cluster.jobs()).hasSize(5);
        server.cluster.awaitNothingActive();
    }

    @Test
    void whyAPodWaitsIsShownAtItsStepAndACancelDeletesItsJob() throws Exception {
        declare("nowhere");
        Api api = server.start("");
        String run = api.run("nowhere", "{}");

        await("the reason is shown")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.get("/runs/" + run)
                                .body()
                                .at("/steps/0/reason")
                                .asText())
                        .contains("no node takes pod", "node affinity/selector"));
        assertThat(api.post("/runs/" + run + "/cancel", "{}").status()).isEqualTo(202);

        awaitState(api, run, "cancelled");
        await("the Job's deletion")
                .atMost(PATIENCE)
                .until(() -> server.cluster.jobs().isEmpty());
        assertThat(server.cluster.activePods()).isEmpty();
    }

    @Test
    void podsOutliveAServerThatIsKilledAndTheNextOneAdoptsThem() throws Exception {
        declare("slow");
        Api before = server.start("");
        String run = before.run("slow", "{}");
        for (String step : List.of("stays", "ends", "fails")) {
            awaitStep(before, run, step, "running");
        }
        String stays = job(before, run, "stays");
        String ends = job(before, run, "ends");
        await("the log is followed")
                .atMost(PATIENCE)
                .until(() -> before.log(run, "stays", 1).length() > 10);

        Api after = killAndStartAgain(stays, ends);

        awaitStep(after, run, "ends", "succeeded");
        awaitStep(after, run, "fails", "failed");
        assertThat(after.step(run, "fails").at("/attempts/0/exit_code").asInt()).isEqualTo(7);
        assertThat(after.step(run, "stays").at("/step/state").asText()).isEqualTo("running");
        server.cluster.runIn(stays, "touch", "/shared/stays");
        awaitState(after, run, "failed");

        assertThat(after.log(run, "ends", 1)).isEqualTo("well\n");
        assertCounts(after.log(run, "stays", 1));
        assertThat(server.cluster.jobs()).as("one Job for each step").hasSize(4);
        for (String step : List.of("stays", "ends", "fails", "after")) {
            assertThat(after.step(run, step).path("attempts")).as(step).hasSize(1);
        }
    }

    /** Nothing is missing; what the killed server had written and not yet noted may stand there twice. */
    private static void assertCounts(String log) {
        int wanted = 0;
        boolean repeated = false;
        for (String line : log.lines().toList()) {
            int number = Integer.parseInt(line);
            if (number < wanted && !repeated) {
                repeated = true;
                wanted = number;
            }
            assertThat(number).as(log).isEqualTo(wanted);
            wanted++;
        }
        assertThat(wanted).isPositive();
    }

    @Test
    void aCustomResourceIsAStepThatItsConditionsEnd() throws Exception {
        RealCluster.CustomKind measurements =
                new RealCluster.CustomKind("test.tidegate.io", "v1", "Measurement", "measurements");
        server.cluster.define(measurements);
        declare("resources");
        Api api = server.start("      resources: [measurements.test.tidegate.io]\n");
        String run = api.run("resources", "{\"parameters\":{\"rounds\":7}}");
        awaitStep(api, run, "well", "running");
        awaitStep(api, run, "badly", "running");
        // A step runs from the moment in which it is to be launched.
        await("both are in the cluster")
                .atMost(PATIENCE)
                .until(
                        () -> server.cluster.specifications(measurements),
                        List.of(Map.of("rounds", "7"), Map.of("rounds", "7"))::equals);

        server.cluster.setStatus(measurements, job(api, run, "well"), Map.of("phase", "Done"));
        server.cluster.setStatus(
                measurements, job(api, run, "badly"), Map.of("phase", "Broken", "why", "out of paper"));

        awaitState(api, run, "failed");
        assertThat(api.step(run, "well").at("/step/state").asText()).isEqualTo("succeeded");
        assertThat(api.step(run, "badly").at("/attempts/0/message").asText()).contains("out of paper");
        await("nothing is left of them")
                .atMost(PATIENCE)
                .until(() -> server.cluster.specifications(measurements).isEmpty());
    }

    /** Lets one Job end while no server is there, and waits until the next server follows the other. */
    private Api killAndStartAgain(String stays, String ends) throws Exception {
        long killed = System.nanoTime();
        server.kill();
        long seen = server.logSize(stays);
        server.cluster.runIn(ends, "touch", "/shared/ends");
        Api after = server.start("");
        long answered = System.nanoTime();
        await("the pod's log is followed again")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> server.logSize(stays) > seen);
        System.out.printf(
                "[kubernetes] from kill -9 of the server to adoption of its Jobs: %.1f s, of which the next server's start took %.1f s%n",
                (System.nanoTime() - killed) / 1e9, (answered - killed) / 1e9);
        return after;
    }
}
