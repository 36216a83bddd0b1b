package io.tidegate.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.home.FolderTree;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes wrong with steps and DAG files while a server is up: each is told clearly, and the server stays up. */
final class BadInputTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with("trouble");

    private final Api api = SERVER.api();

    private JsonNode misbehaving(String how) {
        String run = api.run("trouble", "{\"parameters\":{\"how\":\"" + how + "\"}}");
        api.ended(run);
        return api.step(run, "misbehave");
    }

    private static String onlyStep(String dag, String command) {
        return "dag: " + dag + "\nsteps:\n  only: { kind: task, command: [" + command + "] }\n";
    }

    @Test
    void aStepThatExits137WasKilledAndThatIsSaid() {
        for (String how : List.of("exit-137", "killed")) {
            JsonNode step = misbehaving(how);
            assertThat(step.at("/step/state").asText()).isEqualTo("failed");
            assertThat(step.at("/attempts/0/exit_code").asInt()).isEqualTo(137);
            assertThat(step.at("/attempts/0/message").asText())
                    .isEqualTo("killed by SIGKILL (exit 137): out of memory or killed by someone");
        }
    }

    @Test
    void whatWaitsForAFailedStepIsNotRunAndSaysWhy() {
        String run = api.run("trouble", "{}");
        JsonNode detail = api.ended(run);
        assertThat(detail.at("/summary/state").asText()).isEqualTo("failed");
        assertThat(detail.at("/summary/reason").asText()).contains("misbehave");
        assertThat(api.step(run, "after").at("/step/state").asText()).isEqualTo("upstream_failed");
        assertThat(api.step(run, "after").at("/step/reason").asText()).contains("misbehave");
        assertThat(detail.path("allowed_actions")).extracting(JsonNode::asText).contains("rerun_failed");
    }

    @Test
    void oneGibibyteOnOneLineIsCappedAndServed() throws IOException {
        String run = api.run("trouble", "{\"parameters\":{\"how\":\"one-line\"}}");
        JsonNode detail = api.ended(run);

        assertThat(detail.at("/summary/state").asText()).isEqualTo("succeeded");
        String log = "/runs/" + run + "/steps/misbehave/attempts/1/log";
        assertThat(api.get(log + "?limit=100").body().path("text").asText()).startsWith("head of the log\nxxxx");
        JsonNode tail = api.get(log + "?offset=-65536").body();
        assertThat(tail.path("text").asText()).endsWith("xxx\ntail of the log\n");
        assertThat(tail.path("size").asLong()).isLessThan(65L << 20);
        assertThat(tail.path("next_offset").asLong())
                .isEqualTo(tail.path("size").asLong());
        assertThat(tail.path("ended").asBoolean()).isTrue();
        assertThat(bytesOf(attemptFolder(run))).isLessThan(80L << 20);
    }

    private Path attemptFolder(String run) {
        return SERVER.home()
                .resolve("attempts")
                .resolve(api.step(run, "misbehave").at("/attempts/0/launch_key").asText());
    }

    private static long bytesOf(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        }
    }

    @Test
    void garbageInAReportIsNamedLineByLineAndCostsTheStepNothing() {
        JsonNode step = misbehaving("garbage");

        assertThat(step.at("/step/state").asText()).isEqualTo("succeeded");
        assertThat(step.path("metrics"))
                .extracting(metric -> metric.path("name").asText())
                .containsExactly("good");
        assertThat(step.at("/attempts/0/report_problems"))
                .extracting(JsonNode::asText)
                .isNotEmpty()
                .allMatch(problem -> problem.startsWith("report line ") || problem.startsWith("further problems"));
    }

    @Test
    void row13AListOfItemsThatIsTooLongFailsItsStepAndNothingElse() throws IOException {
        Path folder = Files.createDirectories(SERVER.dagFile("fan-out").getParent());
        Files.writeString(folder.resolve("list.sh"), """
                printf '{"type":"output","name":"items","value":[' >> "$TIDEGATE_OUTPUT"
                seq -s , 1 "$1" | tr -d '\\n' >> "$TIDEGATE_OUTPUT"
                echo ']}' >> "$TIDEGATE_OUTPUT"
                """);
        SERVER.declare("fan-out", """
                dag: fan-out
                params: { count: { type: integer } }
                steps:
                  list: { kind: task, command: [sh, list.sh, "{{ params.count }}"] }
                  each: { kind: task, foreach: { items: { item: "{{ outputs.list.items }}" } }, command: [echo, "{{ item.item }}"] }
                  other: { kind: task, needs: [list], command: [echo, other] }
                """);

        assertThat(reasonOfItems(101)).isEqualTo("foreach has 101 items, and at_most is 100; it may be raised to 1000");
        assertThat(reasonOfItems(10_000_000))
                .isEqualTo("outputs.list.items has no value: step list did not report 'items'");
    }

    private String reasonOfItems(int count) {
        String run = api.run("fan-out", "{\"parameters\":{\"count\":" + count + "}}");
        assertThat(api.ended(run).at("/summary/state").asText()).isEqualTo("failed");
        assertThat(api.step(run, "other").at("/step/state").asText()).isEqualTo("succeeded");
        assertThat(api.step(run, "each").at("/step/state").asText()).isEqualTo("failed");
        return api.step(run, "each").at("/step/reason").asText();
    }

    @Test
    void aPartitionThatWasNeverWrittenIsNamed() {
        SERVER.declare("history", """
                dag: history
                schedule: { cron: "0 0 * * MON", zone: UTC, start: 2001-01-01, end: 2001-03-01, catchup: none }
                datasets:
                  clean: { class: deterministic, format: csv, uri: "{{ home }}/history/{{ interval.start.date }}" }
                steps:
                  make: { kind: task, outputs: [clean], command: [echo, made] }
                  use: { kind: task, inputs: ["clean[-2..0]"], command: [echo, used] }
                """);
        String run = api.run("history", "{\"interval\":\"2001-01-15\"}");
        api.ended(run);

        JsonNode use = api.step(run, "use");
        assertThat(use.at("/step/state").asText()).isEqualTo("failed");
        assertThat(use.at("/step/reason").asText()).contains("clean@2001-01-01", "clean@2001-01-08");
        assertThat(use.at("/step/attempts").asInt()).isZero();

        // Before the schedule's start there is nothing to miss.
        String first = api.run("history", "{\"interval\":\"2001-01-01\"}");
        assertThat(api.ended(first).at("/summary/state").asText()).isEqualTo("succeeded");
    }

    @Test
    void anIntervalThatDoesNotExistIsExplained() {
        Api.Answer answer = api.post("/dags/trouble/runs", "{\"interval\":\"2001-01-15\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("interval");
        assertThat(api.post("/dags/trouble/backfills", "{\"from\":\"2001-01-15\",\"to\":\"2001-01-01\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aFileWithManyProblemsLeavesTheLastGoodVersionInPlace() throws Exception {
        String good = onlyStep("edited", "echo, good");
        SERVER.declare("edited", good);
        String version = api.get("/dags/edited").body().at("/summary/version").asText();
        String bad =
                "dag: edited\nstps: {}\nsteps:\n  only: { kind: task, comand: [echo], timeout: 20 }\n  other: { kind: wish }\n";

        Files.writeString(SERVER.dagFile("edited"), bad);
        Waiting.until(() -> problemsOf("edited").size() >= 4);

        assertThat(problemsOf("edited"))
                .allMatch(problem -> problem.path("line").asInt() > 0);
        assertThat(problemsOf("edited"))
                .extracting(problem -> problem.path("message").asText())
                .anyMatch(text -> text.contains("comand"));
        assertThat(api.get("/dags/edited").body().at("/summary/version").asText())
                .isEqualTo(version);
        String run = api.run("edited", "{}");
        assertThat(api.ended(run).at("/summary/state").asText()).isEqualTo("succeeded");

        SERVER.stop();
        SERVER.start();
        assertThat(SERVER.api()
                        .get("/dags/edited")
                        .body()
                        .at("/summary/version")
                        .asText())
                .as("a restart forgets no DAG because its file is broken")
                .isEqualTo(version);
        SERVER.declare("edited", onlyStep("edited", "echo, better"));
        Waiting.until(() -> problemsOf("edited").isEmpty());
    }

    private static List<JsonNode> problemsOf(String dag) {
        return SERVER.api().get("/dags/problems").body().path("items").findParents("file").stream()
                .filter(problem -> problem.path("file").asText().contains("/" + dag + ".dag.yaml"))
                .toList();
    }

    @Test
    void aSecondFileWithTheSameNameChangesNothing() throws IOException {
        String mine = onlyStep("twice", "echo, mine");
        SERVER.declare("twice", mine);
        Path other =
                Files.createDirectories(SERVER.dags().resolve("another-twice")).resolve("another-twice.dag.yaml");

        Files.writeString(other, onlyStep("twice", "echo, theirs"));
        Waiting.until(() -> !problemsOf("another-twice").isEmpty());

        assertThat(problemsOf("another-twice").get(0).path("message").asText())
                .contains("DAG twice is already declared in")
                .contains("twice/twice.dag.yaml");
        assertThat(api.get("/dags/twice").body().path("source").asText()).isEqualTo(mine);

        Files.delete(SERVER.dagFile("twice"));
        Waiting.until(
                () -> api.get("/dags/twice").body().path("source").asText().contains("theirs"));
    }

    @Test
    void aRunEndsWellAfterItsFileIsGone() throws IOException {
        Path folder = Files.createDirectories(SERVER.dagFile("goes-away").getParent());
        Files.writeString(folder.resolve("first.sh"), "while [ ! -e \"$GO\" ]; do sleep 0.05; done\n");
        Files.writeString(folder.resolve("second.sh"), "echo from the copy\n");
        SERVER.declare("goes-away", """
                dag: goes-away
                steps:
                  first: { kind: task, command: [sh, first.sh], environment: { GO: "{{ home }}/go-away" } }
                  second: { kind: task, needs: [first], command: [sh, second.sh] }
                """);
        String run = api.run("goes-away", "{}");
        api.awaitStep(run, "first", "running");

        FolderTree.delete(folder);
        Waiting.until(() -> api.get("/dags/goes-away").status() == 404);
        Files.createDirectories(SERVER.home().resolve("data"));
        Files.writeString(SERVER.home().resolve("data/go-away"), "");

        assertThat(api.ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
        assertThat(api.log(run, "second", 1)).isEqualTo("from the copy\n");
        assertThat(api.get("/dags").text()).doesNotContain("goes-away");
        assertThat(api.get("/runs?dag=goes-away").body().path("items")).hasSize(1);
        assertThat(api.post("/dags/goes-away/runs", "{}").status()).isEqualTo(404);
        assertThat(api.post("/runs/" + run + "/rerun", "{\"from\":\"all\"}").status())
                .isEqualTo(202);
        assertThat(api.ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        SERVER.declare("no-program", onlyStep("no-program", "tidegate-no-such-program, --fast"));
        String run = api.run("no-program", "{}");
        api.ended(run);
        JsonNode step = api.step(run, "only");
        assertThat(step.at("/step/state").asText()).isEqualTo("failed");
        assertThat(step.at("/step/reason").asText() + api.log(run, "only", 1)).contains("tidegate-no-such-program");
    }
}
