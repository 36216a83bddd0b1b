package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.Command;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command against a running server, as people and as scripts use it. */
final class CommandsTest {
    @RegisterExtension
    static final TestServer SERVER =
            TestServer.with("small-loop", "trouble").configured("execution: { progress_every: 1s }");

    private static final String NO_RUN = "01a1fd78-0000-7000-8000-000000000000";

    private final Api api = SERVER.api();

    @TempDir
    private Path folder;

    @BeforeAll
    static void runTheLoop() {
        Command backfill = on("backfill", "small-loop", "--from", "2001-01-01", "--to", "2001-01-22", "--wait");
        assertThat(backfill.code()).as(backfill.out() + backfill.err()).isZero();
        assertThat(backfill.out())
                .contains("4 runs of small-loop", "2001-01-22", "succeeded in", "finished: 4 succeeded of 4");
    }

    private static Command on(String... arguments) {
        return Command.on(SERVER.home(), Tidegate::run, arguments);
    }

    private static JsonNode json(Command command) {
        return command.json();
    }

    private String waiting() {
        Command run = on("run", "trouble", "--param", "how=wait", "--no-wait", "--json");
        String id = json(run).path("run").asText();
        api.awaitStep(id, "misbehave", "running");
        return id;
    }

    @Test
    void runWaitsAndShowsEachStep() {
        Command run = on("run", "small-loop", "--interval", "2001-02-05");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(SERVER.address() + "/runs/", "ingest", "refit", "stays shut")
                .containsPattern("succeeded in \\d");
        Command again = on("run", "small-loop", "--interval", "2001-02-05", "--param", "late_minutes=20", "--json");
        assertThat(json(again).at("/summary/parameters/late_minutes").asText()).isEqualTo("20");
    }

    @Test
    void runFailsWhenItsRunDoes() {
        Command run = on("run", "trouble");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("misbehave", "failed", "exit code 3", "upstream failed");
        Command json = on("run", "trouble", "--json");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json(json).at("/summary/state").asText()).isEqualTo("failed");
    }

    @Test
    void runsAreListed() {
        Command runs = on("runs", "small-loop");
        assertThat(runs.code()).isZero();
        assertThat(runs.out()).contains("RUN", "INTERVAL", "2001-01-15", "backfill", "succeeded");
        assertThat(json(on("runs", "--state", "succeeded", "--limit", "2", "--json"))
                        .path("items"))
                .hasSize(2);
        assertThat(on("runs", "no-such-dag").out()).contains("no runs yet");
    }

    @Test
    void showTellsWhatDecided() {
        Command run = on("show", "small-loop@2001-01-22");
        assertThat(run.out()).contains("small-loop", "2001-01-22", "turned away", "log_loss 0.61 is > 0.5");
        Command step = on("show", "small-loop@2001-01-22", "refit");
        assertThat(step.out()).contains("Attempts", "Reads and writes", "Metrics", "features", "challenger");
        assertThat(json(on("show", "small-loop@2001-01-22", "--json")).path("steps"))
                .hasSize(6);
        assertThat(json(on("show", "small-loop@2001-01-22", "refit", "--json")).path("attempts"))
                .hasSize(1);
    }

    @Test
    void runAndShowTellHowFarAStepIs() throws IOException {
        SERVER.declare("measured", """
                dag: measured
                steps:
                  fit:
                    kind: task
                    command:
                      - sh
                      - -c
                      - |
                        echo '{"type":"progress","fraction":0.42,"message":"fitting"}' >> "$TIDEGATE_OUTPUT"
                        until [ -e "$GO" ]; do sleep 0.05; done
                    environment: { GO: "{{ home }}/measured" }
                """);
        Command.Underway followed = Command.begin(SERVER.home(), Tidegate::run, "run", "measured");

        Waiting.until(() -> followed.out().contains("42 %  fitting"));
        assertThat(on("show", "measured").out()).contains("[########------------] 42 %  fitting");
        JsonNode step = json(on("show", "measured", "fit", "--json"));
        assertThat(step.at("/step/progress/fraction").asDouble()).isEqualTo(0.42);
        assertThat(step.at("/attempts/0/progress/message").asText()).isEqualTo("fitting");
        Files.writeString(Files.createDirectories(SERVER.home().resolve("data")).resolve("measured"), "");

        assertThat(followed.end())
                .succeedsWithin(java.time.Duration.ofMinutes(2))
                .satisfies(run -> {
                    assertThat(run.code()).isZero();
                    assertThat(run.out()).containsOnlyOnce("42 %  fitting").doesNotContain("\033[J");
                });
        assertThat(on("show", "measured").out()).doesNotContain("42 %");
    }

    @Test
    void logsPrintAndFollow() throws IOException {
        assertThat(on("logs", "small-loop@2001-01-22", "ingest").out()).startsWith("wrote ");
        Path go = Files.createDirectories(SERVER.home().resolve("data")).resolve("go");
        Files.deleteIfExists(go);
        String run = json(on("run", "trouble", "--param", "how=until", "--no-wait", "--json"))
                .path("run")
                .asText();
        api.awaitStep(run, "misbehave", "running");
        CompletableFuture<Command> followed = CompletableFuture.supplyAsync(() -> on("logs", "-f", run));
        Waiting.until(() -> on("logs", run).out().contains("waiting for until"));
        assertThat(followed).isNotDone();
        Files.writeString(go, "");
        assertThat(followed).succeedsWithin(java.time.Duration.ofMinutes(2)).satisfies(logs -> {
            assertThat(logs.code()).isZero();
            assertThat(logs.out()).isEqualTo("waiting for until\n");
        });
        assertThat(on("logs", run, "after").code())
                .as("a step that ran has a log")
                .isZero();
        assertThat(on("logs", "small-loop@2001-01-01", "evaluate").code())
                .as("a skipped step has none")
                .isEqualTo(4);
    }

    @Test
    void cancelKillsTheProgram() {
        String run = waiting();
        long process = Long.parseLong(api.externalId(run, "misbehave").replaceAll("\\D*(\\d+).*", "$1"));
        // What waits for the program, and needs a moment to go after it has told of the end.
        ProcessHandle waiting = ProcessHandle.of(process).orElseThrow();
        Waiting.until(() -> waiting.descendants().count() >= 2);
        List<ProcessHandle> programs = waiting.descendants().toList();

        Command cancel = on("cancel", run, "--reason", "wrong data");

        assertThat(cancel.code()).isZero();
        assertThat(api.ended(run).at("/summary/state").asText()).isEqualTo("cancelled");
        Waiting.until(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(on("cancel", run).code()).as("it has ended").isEqualTo(1);
        assertThat(api.get("/runs/" + run + "/events").text()).contains("wrong data");
    }

    @Test
    void nodesShowsTheServersAndHowTheyAre() {
        Waiting.until(() -> json(on("nodes", "--json")).at("/items/0/loops").size() > 0);
        Command nodes = on("nodes");
        assertThat(nodes.code()).isZero();
        assertThat(nodes.out()).contains("NODE", "alive", "development", " s ago");
        assertThat(json(on("nodes", "--json")).at("/items/0/loops").findValuesAsText("loop"))
                .contains("lease", "claim", "commit", "signals", "definitions");
    }

    @Test
    void truthShowsBothSidesOfWhatGoesOn() {
        String run = waiting();

        Command truth = on("truth");
        assertThat(truth.out()).contains("installation ", "process/local answers", "running", "both sides agree");
        JsonNode attempts = json(on("truth", "--json")).path("attempts");
        assertThat(attempts.findValuesAsText("run")).contains(run);
        assertThat(attempts.findValuesAsText("verdict")).doesNotContain("missing", "orphan");
        on("cancel", run);
        api.ended(run);
    }

    @Test
    void rerunGoesOnWhereItFailed() throws IOException {
        SERVER.declare("mended", """
                dag: mended
                steps:
                  before: { kind: task, command: [echo, once] }
                  breaks: { kind: task, needs: [before], command: [test, -e, "{{ home }}/mended"] }
                """);
        assertThat(on("run", "mended").code()).isEqualTo(1);
        Files.writeString(Files.createDirectories(SERVER.home().resolve("data")).resolve("mended"), "");

        assertThat(on("rerun", "mended", "--reason", "mended").code()).isZero();

        String run = api.get("/runs?dag=mended").body().at("/items/0/run").asText();
        Waiting.until(() -> api.state(run).equals("succeeded"));
        assertThat(api.step(run, "before").at("/step/attempts").asInt()).isEqualTo(1);
        assertThat(api.step(run, "breaks").at("/step/attempts").asInt()).isEqualTo(2);
        assertThat(on("rerun", run).code()).as("nothing failed").isEqualTo(1);
    }

    @Test
    void metricsModelsAndLineageAreTold() {
        assertThat(on("metrics", "--model", "small", "--name", "log_loss").out())
                .contains("log_loss", "0.6100", "champion", "2001-01-22");
        assertThat(json(on("metrics", "--limit", "3", "--json")).path("items")).hasSize(3);
        assertThat(on("models").out()).contains("small");
        assertThat(on("models", "small").out()).contains("rejected", "champion", "turned away");
        assertThat(json(on("models", "--json")).path("items")).hasSize(1);
        Command lineage = on("lineage", "model:small@2");
        assertThat(lineage.code()).isZero();
        assertThat(lineage.out())
                .contains("small@2", "built on", "features@2001-01-15", "raw_rows@2001-01-15", "[raw]");
        assertThat(on("lineage", "raw_rows@2001-01-15", "--direction", "downstream")
                        .out())
                .contains("small@2", "scores@2001-01-15");
        assertThat(json(on("lineage", "features@2001-01-15", "--json"))
                        .path("focus")
                        .asText())
                .isEqualTo("dataset:small-loop/features@2001-01-15");
    }

    @Test
    void alertsShowTheFailingLineAndWhatItTouches() {
        on("run", "trouble");
        Command alerts = on("alerts");
        assertThat(alerts.code()).isZero();
        assertThat(alerts.out())
                .contains(
                        "step failed",
                        "trouble: step misbehave failed",
                        "| ERROR: cannot open landing/flights.parquet: the file is cut short")
                .contains("touches: step after, dataset result", SERVER.address() + "/runs/", "again: tidegate rerun ");
        JsonNode items = json(on("alerts", "--json")).path("items");
        long id = items.findParents("event").stream()
                .filter(alert -> alert.path("event").asText().equals("step_failed"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asLong();
        assertThat(on("alerts", "--resolve", String.valueOf(id), "--reason", "known")
                        .code())
                .isZero();
        assertThat(json(on("alerts", "--json")).path("items").findValuesAsText("id"))
                .doesNotContain(String.valueOf(id));
        assertThat(json(on("alerts", "--all", "--json")).path("items").findValuesAsText("id"))
                .contains(String.valueOf(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4 show " + NO_RUN,
                "4 show nonsense",
                "4 show small-loop nonsense",
                "4 run no-such-dag",
                "4 logs " + NO_RUN,
                "4 cancel " + NO_RUN,
                "4 models no-such-model",
                "4 lineage no_such_dataset",
                "4 alerts --resolve 424242",
                "1 run small-loop --interval tomorrow",
                "1 run small-loop --param unknown=1",
                "1 run small-loop --interval 2001-01-01 --param late_minutes=999",
                "1 backfill small-loop --from 2001-01-01 --to tomorrow",
                "1 backfill small-loop --from 2001-01-01 --to 2001-02-01 --parallel 0",
                "4 backfills show 4242",
                "4 backfills pause nonsense",
                "2 backfills pause",
                "1 metrics --limit 0",
                "2 run",
                "2 show",
                "2 frobnicate",
                "2 runs --limit many",
                "2 backfill small-loop"
            })
    void exitCodesSayWhatWentWrong(String line) {
        String[] words = line.split(" ");
        String[] arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
        Command command = words.length == 2 ? Command.run(Tidegate::run, arguments) : on(arguments);
        assertThat(command.code()).as(command.out() + command.err()).isEqualTo(Integer.parseInt(words[0]));
        assertThat(command.out()).isEmpty();
        assertThat(command.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    }

    @Test
    void aServerThatIsNotThereIsExitCodeThree() throws IOException {
        Command none = Command.on(folder, Tidegate::run, "runs");
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.err()).contains("no Tidegate server runs on home folder " + folder, "tidegate up");
        Command dead = Command.run(Tidegate::run, "runs", "--server", "http://127.0.0.1:1");
        assertThat(dead.code()).isEqualTo(3);
        assertThat(dead.err()).contains("no Tidegate server answers at http://127.0.0.1:1");
        assertThat(Command.run(Tidegate::run, "runs", "--server", SERVER.address() + "/")
                        .code())
                .isZero();
        assertThat(Command.run(Tidegate::run, "runs", "--server", "nonsense").code())
                .isEqualTo(2);
    }

    @Test
    void startProblemsAreOneMessageAndExitCodeOne() {
        Command inUse = on("up", "--port", "0");
        assertThat(inUse.code()).isEqualTo(1);
        assertThat(inUse.err())
                .startsWith("tidegate: home folder ")
                .contains("in use by another Tidegate server")
                .doesNotContain("\tat ");
        Command configuration = Command.run(
                Tidegate::run,
                "up",
                "--home",
                folder.toString(),
                "--config",
                folder.resolve("no.yaml").toString());
        assertThat(configuration.code()).isEqualTo(1);
        assertThat(configuration.err()).contains("there is no configuration file");
        Command port = Command.run(Tidegate::run, "up", "--home", folder.toString(), "--port", "70000");
        assertThat(port.code()).isEqualTo(1);
        assertThat(port.err()).contains("there is no port 70000");
        Command dags = Command.run(
                Tidegate::run,
                "up",
                "--home",
                folder.toString(),
                "--dags",
                folder.resolve("no").toString());
        assertThat(dags.code()).isEqualTo(2);
        assertThat(dags.err()).contains("--dags " + folder.resolve("no") + ": there is no such folder");
    }
}
