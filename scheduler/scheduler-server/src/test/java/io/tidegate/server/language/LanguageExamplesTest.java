package io.tidegate.server.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of what the language can say, each run by a whole server. */
final class LanguageExamplesTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with();

    private static final Path EXAMPLES = Path.of("../../dag-definitions/examples/language");

    private static JsonNode run(String dag, String parameters) throws IOException {
        SERVER.declare(dag, Files.readString(EXAMPLES.resolve(dag + ".dag.yaml")));
        return SERVER.api().ended(SERVER.api().run(dag, "{\"parameters\":" + parameters + "}"));
    }

    /** Each step as {@code name state}, or {@code name state: reason}. */
    private static List<String> steps(JsonNode run) {
        List<String> steps = new ArrayList<>();
        run.path("steps").forEach(step -> {
            String reason = step.path("reason").asText();
            steps.add(step.path("step").asText() + " " + step.path("state").asText()
                    + (reason.isEmpty() ? "" : ": " + reason));
        });
        return steps;
    }

    @Test
    void aWayRoundIsSkippedWhenItIsNotNeeded() throws IOException {
        JsonNode run = run("mirrors", "{}");

        assertThat(run.at("/summary/state").asText()).isEqualTo("succeeded");
        assertThat(steps(run))
                .containsExactly(
                        "mirror succeeded",
                        "origin skipped: run_when is all_failed, and mirror succeeded",
                        "load succeeded",
                        "tidy succeeded");
    }

    @Test
    void aConditionReadsWhatAnEarlierStepReported() throws IOException {
        JsonNode enough = run("counted", "{}");
        assertThat(steps(enough)).containsExactly("count succeeded", "load succeeded", "tell succeeded");
        String run = enough.at("/summary/run").asText();
        assertThat(SERVER.api().log(run, "load", 1)).contains("loading 12 rows");
        assertThat(SERVER.api().step(run, "count").at("/output_values/rows").asText())
                .isEqualTo("12");

        assertThat(steps(run("counted", "{\"rows\":\"3\"}")))
                .containsExactly(
                        "count succeeded",
                        "load skipped: when is outputs.count.rows >= params.least,"
                                + " and outputs.count.rows is 3, params.least is 10",
                        "tell succeeded");
    }

    @Test
    void aStepRunsForEachItemOfAListAndAJoinSeesWhatTheyReported() throws IOException {
        JsonNode counted = run("airports", "{}");
        assertThat(steps(counted))
                .containsExactly(
                        "list succeeded",
                        "count succeeded",
                        "count.ord succeeded",
                        "count.jfk succeeded",
                        "count.lax succeeded",
                        "total succeeded");
        String run = counted.at("/summary/run").asText();
        assertThat(SERVER.api().log(run, "total", 1)).contains("rows by airport: [3,3,3]");

        SERVER.api().post("/runs/" + run + "/rerun", "{\"from\":\"step\",\"step\":\"count.jfk\"}");
        Waiting.until(() -> SERVER.api().step(run, "total").path("attempts").size() == 2);
        SERVER.api().ended(run);
        assertThat(SERVER.api().step(run, "count.jfk").path("attempts")).hasSize(2);
        assertThat(SERVER.api().step(run, "count.ord").path("attempts")).hasSize(1);
        assertThat(SERVER.api().log(run, "total", 2)).contains("rows by airport: [3,3,3]");
    }

    @Test
    void aDagIsRunForEachItemAndItsValuesAreTaken() throws IOException {
        SERVER.declare("region", Files.readString(EXAMPLES.resolve("region.dag.yaml")));
        JsonNode regions = run("regions", "{}");
        assertThat(steps(regions))
                .containsExactly("each succeeded", "each.north succeeded", "each.south succeeded", "total succeeded");
        String run = regions.at("/summary/run").asText();
        assertThat(SERVER.api().log(run, "total", 1)).contains("rows by region: [0,1]");
        assertThat(regions.at("/steps/1/sub_run/state").asText()).isEqualTo("succeeded");
    }

    @Test
    void aStepWaitsForTheIntervalBeforeWhichMayBeRepairedMeanwhile() throws IOException {
        SERVER.declare("in-order", Files.readString(EXAMPLES.resolve("in-order.dag.yaml")));
        Path data = Files.createDirectories(SERVER.home().resolve("data"));
        Files.writeString(data.resolve("no-balance"), "");
        String first = SERVER.api().run("in-order", "{\"interval\":\"2001-01-01\"}");
        SERVER.api().ended(first);
        String second = SERVER.api().run("in-order", "{\"interval\":\"2001-01-02\"}");
        Waiting.until(() -> SERVER.api()
                .step(second, "carry")
                .at("/step/reason")
                .asText()
                .equals("waits for carry of the interval before, 2001-01-01, which is failed:"
                        + " rerun it there, or mark it as succeeded, and this one goes on"));

        // The DAG lets one run go at a time: the one that waits gives way.
        Files.delete(data.resolve("no-balance"));
        SERVER.api().post("/runs/" + first + "/rerun", "{\"from\":\"failed\"}");

        assertThat(SERVER.api().ended(second).at("/summary/state").asText()).isEqualTo("succeeded");
        assertThat(SERVER.api().state(first)).isEqualTo("succeeded");
        assertThat(data.resolve("balance")).hasContent("2001-01-01\n2001-01-02\n");
        assertThat(SERVER.api()
                        .post(
                                "/dags/in-order/backfills",
                                "{\"from\":\"2001-01-01\",\"to\":\"2001-01-05\",\"backwards\":true}")
                        .text())
                .contains(
                        "step carry depends on the interval before, so the intervals of DAG in-order run forwards only");
    }

    @Test
    void anIntervalIsRunWhenItsDataIsThereAndOnce() throws Exception {
        SERVER.declare("orders", Files.readString(EXAMPLES.resolve("orders.dag.yaml")));
        SERVER.declare("daily-report", Files.readString(EXAMPLES.resolve("daily-report.dag.yaml")));
        JsonNode schedule = SERVER.api().get("/dags/daily-report/schedule").body();
        assertThat(schedule.path("data").asText()).isEqualTo("orders.landed or shop-orders.landed");
        assertThat(schedule.at("/waiting/0").toString())
                .isEqualTo("{\"partition\":\"2001-01-01\",\"missing\":[\"orders.landed\",\"shop-orders.landed\"]}");

        SERVER.api().ended(SERVER.api().run("orders", "{\"interval\":\"2001-01-03\"}"));
        Waiting.until(() -> intervals("daily-report").equals(List.of("2001-01-03")));
        SERVER.stop();
        SERVER.start();
        SERVER.api().ended(SERVER.api().run("orders", "{\"interval\":\"2001-01-03\"}"));
        SERVER.api().ended(SERVER.api().run("orders", "{\"interval\":\"2001-01-02\"}"));
        Waiting.until(() -> intervals("daily-report").equals(List.of("2001-01-02", "2001-01-03")));
        assertThat(SERVER.api()
                        .get("/dags/daily-report/schedule")
                        .body()
                        .path("waiting")
                        .findValuesAsText("partition"))
                .containsExactly("2001-01-01", "2001-01-04", "2001-01-05");
    }

    /** Of all runs of a DAG the intervals, newest run first. */
    private static List<String> intervals(String dag) {
        return SERVER.api().get("/runs?dag=" + dag).body().path("items").findValuesAsText("partition");
    }

    @Test
    void aWayRoundIsTakenWhenTheUsualOneFails() throws IOException {
        JsonNode run = run("mirrors", "{\"mirror\":\"down\"}");

        assertThat(run.at("/summary/state").asText()).isEqualTo("failed");
        assertThat(steps(run).subList(1, 4)).containsExactly("origin succeeded", "load succeeded", "tidy succeeded");
    }

    @Test
    void parametersOfEveryTypeAreCheckedBeforeARunIsMade() throws IOException {
        JsonNode run = run("parameters", "{\"airports\":\" ord, lax \",\"limit\":\"7\"}");

        assertThat(steps(run)).contains("west succeeded", "count.ord succeeded", "count.lax succeeded");
        String id = run.at("/summary/run").asText();
        assertThat(SERVER.api().log(id, "tell", 1)).contains("7 0.5 false 2001-01-01 20m west by hand");
        assertThat(SERVER.api().log(id, "west", 1)).contains("ord,lax");
    }

    @Test
    void itemsInsideItemsAreCalledAsTheirAuthorSaysAndMarkedOneByOne() throws IOException {
        JsonNode run = run("runways", "{}");
        assertThat(steps(run))
                .contains("inspect.ord-10l succeeded", "inspect.ord-10c succeeded", "inspect.jfk-4l succeeded");
        String id = run.at("/summary/run").asText();
        assertThat(SERVER.api().log(id, "tell", 1)).contains("[\"ORD 10L\",\"ORD 10C\",\"JFK 4L\"]");

        SERVER.api()
                .post(
                        "/runs/" + id + "/steps/inspect.jfk-4l/mark",
                        "{\"state\":\"failed\",\"reason\":\"closed for works\"}");
        Waiting.until(() ->
                SERVER.api().step(id, "inspect").at("/step/state").asText().equals("failed"));
        assertThat(SERVER.api().step(id, "inspect.jfk-4l").at("/step/reason").asText())
                .startsWith("marked failed by ")
                .endsWith(": closed for works");
    }
}
