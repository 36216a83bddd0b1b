package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.Command;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do with DAGs and runs when something went wrong: each command against a running server. */
final class OperationCommandsTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with("small-loop");

    private final Api api = SERVER.api();

    private static Command on(String... arguments) {
        return Command.on(SERVER.home(), Tidegate::run, arguments);
    }

    @Test
    void aPauseSaysWhoAndWhyAndEndsWithWhatCatchUpMakes() {
        Command pause = on("pause", "small-loop", "--reason", "the source is down");
        assertThat(pause.code()).as(pause.err()).isZero();
        assertThat(pause.out()).contains("paused", "tidegate unpause small-loop");
        JsonNode shown = api.get("/dags/small-loop").body();
        assertThat(shown.at("/summary/paused").asBoolean()).isTrue();
        assertThat(shown.at("/summary/pause/reason").asText()).isEqualTo("the source is down");
        assertThat(shown.at("/summary/pause/actor").asText()).isEqualTo("local user");
        assertThat(shown.at("/summary/pause/missed_intervals").asInt()).isZero();
        assertThat(shown.at("/events/0/type").asText()).isEqualTo("dag_paused");

        Command unpause = on("unpause", "small-loop");
        assertThat(unpause.code()).as(unpause.err()).isZero();
        assertThat(unpause.out()).contains("scheduled again; no intervals passed meanwhile");
        assertThat(on("unpause", "small-loop").out()).contains("was not paused");
        JsonNode after = api.get("/dags/small-loop").body();
        assertThat(after.at("/summary").has("pause")).isFalse();
        assertThat(after.path("events").findValuesAsText("type")).containsExactly("dag_unpaused", "dag_paused");
        assertThat(on("pause", "no-such-dag").code()).isEqualTo(4);
    }

    private void declare(String dag, String steps) {
        SERVER.declare(dag, "dag: " + dag + "\nsteps:\n" + steps);
    }

    private String ended(String dag) {
        String run = api.get("/runs?dag=" + dag).body().at("/items/0/run").asText();
        api.ended(run);
        return run;
    }

    @Test
    void aMarkedStepLetsTheRestGoOnAndSaysByWhom() {
        declare("blocked", """
                  breaks: { kind: task, command: ["false"] }
                  after: { kind: task, needs: [breaks], command: [echo, went on] }
                """);
        assertThat(on("run", "blocked").code()).isEqualTo(1);
        String run = ended("blocked");
        assertThat(on("mark", run, "breaks", "succeeded").code())
                .as("without a reason")
                .isEqualTo(2);
        assertThat(on("mark", run, "breaks", "succeeded", "--reason", " ").code())
                .isEqualTo(1);

        Command mark = on("mark", run, "breaks", "succeeded", "--reason", "done by hand");

        assertThat(mark.code()).as(mark.err()).isZero();
        Waiting.until(() -> api.state(run).equals("succeeded"));
        assertThat(api.step(run, "breaks").at("/step/mark/outcome").asText()).isEqualTo("succeeded");
        assertThat(api.step(run, "breaks").at("/step/mark/actor").asText()).isEqualTo("local user");
        assertThat(api.step(run, "breaks").at("/attempts/0/state").asText()).isEqualTo("failed");
        assertThat(api.log(run, "after", 1)).isEqualTo("went on\n");
        assertThat(on("show", run).out()).contains("marked succeeded by local user: done by hand");
        assertThat(api.get("/runs/" + run + "/events").text()).contains("done by hand");
        assertThat(on("mark", run, "breaks", "succeeded", "--reason", "again").err())
                .contains("step breaks has succeeded already");

        assertThat(on("mark", run, "after", "failed", "--reason", "wrong numbers")
                        .code())
                .isZero();
        Waiting.until(() -> api.state(run).equals("failed"));
        assertThat(api.get("/runs/" + run).body().at("/summary/reason").asText())
                .isEqualTo("after failed, marked failed by local user: wrong numbers");
    }

    @Test
    void aStepAtWorkIsStoppedBeforeItsMarkCounts() {
        declare("long", """
                  waits: { kind: task, command: [sleep, "600"] }
                  after: { kind: task, needs: [waits], command: [echo, went on] }
                """);
        String run = api.run("long", "{}");
        api.awaitStep(run, "waits", "running");
        assertThat(on("mark", run, "waits", "succeeded", "--reason", "no longer needed")
                        .code())
                .isZero();
        assertThat(api.ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
        JsonNode waits = api.step(run, "waits");
        assertThat(waits.at("/step/state").asText()).isEqualTo("succeeded");
        assertThat(waits.at("/attempts/0/state").asText()).isEqualTo("cancelled");
    }

    @Test
    void aRerunTakesOneStepAloneOrTheLatestVersionOfTheDag() {
        declare("growing", """
                  first: { kind: task, command: [echo, one] }
                  old: { kind: task, needs: [first], command: [echo, two] }
                  last: { kind: task, needs: [old], command: ["false"] }
                """);
        on("run", "growing");
        String run = ended("growing");
        Command alone = on("rerun", run, "--from", "first", "--only", "--wait");
        assertThat(alone.code()).as("last has failed").isEqualTo(1);
        assertThat(alone.out())
                .as("what ends as it ended before is told again")
                .containsPattern("first +succeeded")
                .doesNotContainPattern("old +succeeded");
        assertThat(api.step(run, "first").at("/step/attempts").asInt()).isEqualTo(2);
        assertThat(api.step(run, "old").at("/step/attempts").asInt()).isEqualTo(1);
        declare("growing", """
                  first: { kind: task, command: [echo, one] }
                  new: { kind: task, needs: [first], command: [echo, three] }
                  last: { kind: task, needs: [new], command: ["true"] }
                """);
        assertThat(on("rerun", run, "--from", "last", "--wait").code())
                .as("the original version, unless said otherwise")
                .isEqualTo(1);
        assertThat(on("rerun", run, "--from", "old", "--version", "latest").err())
                .contains("the latest version of growing has no step 'old'");
        Command rerun = on("rerun", run, "--version", "latest", "--wait");
        assertThat(rerun.code()).as(rerun.out() + rerun.err()).isZero();
        assertThat(rerun.out())
                .contains("new in it: new", "no longer in it, kept with their attempts and not run: old");
        assertThatOldStepsAreKept(run);
    }

    private void assertThatOldStepsAreKept(String run) {
        JsonNode shown = api.get("/runs/" + run).body();
        assertThat(shown.path("steps").findValuesAsText("step")).containsExactly("first", "new", "last");
        assertThat(shown.at("/former_steps/0").asText()).isEqualTo("old");
        assertThat(shown.at("/summary/version").asText())
                .isEqualTo(
                        api.get("/dags/growing").body().at("/summary/version").asText());
        assertThat(shown.at("/summary/steps/succeeded").asInt()).isEqualTo(3);
        assertThat(api.step(run, "last").path("attempts")).hasSize(3);
        assertThat(api.log(run, "first", 1)).as("earlier attempts are kept").isEqualTo("one\n");
        assertThat(api.get("/runs/" + run + "/events").text()).contains("run_version_changed");
        assertThat(on("show", run).out())
                .contains("no longer in this version of the DAG, kept with their attempts: old");
    }

    /** Steps wait for a file, so that a test sees a backfill at every stage. */
    private void declareDaily(String dag) {
        SERVER.declare(dag, """
                dag: %s
                schedule: { cron: "0 0 * * *", zone: UTC, start: 2001-01-01, end: 2001-01-09, catchup: none, overlap: queue }
                params:
                  how: { type: string, default: wait }
                steps:
                  work:
                    kind: task
                    command: [sh, -c, 'while [ ! -e {{ home }}/%s-go ]; do sleep 0.05; done; test {{ params.how }} != fail']
                """.formatted(dag, dag));
    }

    private static void go(String dag) throws IOException {
        Files.writeString(Files.createDirectories(SERVER.home().resolve("data")).resolve(dag + "-go"), "");
    }

    private JsonNode backfill(String id) {
        return api.get("/backfills/" + id).body();
    }

    private List<String> partitions(String id) {
        return api.get("/backfills/" + id + "/intervals").body().path("items").findValuesAsText("partition");
    }

    private static String number(Command backfill) {
        assertThat(backfill.code()).as(backfill.err()).isZero();
        return backfill.out().replaceAll("(?s)^backfill (\\d+):.*", "$1");
    }

    @Test
    void aBackfillGoesBackwardsThroughAsManyPlacesAsItHasAndCanBePausedAndEnded() throws IOException {
        declareDaily("daily");
        String stretch = "backfill daily --from 2001-01-01 --to 2001-01-08 --backwards --parallel 2";
        Command dry = on((stretch + " --dry-run").split(" "));
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("8 of 8 intervals would run; nothing was changed");
        assertThat(dry.out().indexOf("2001-01-08")).isLessThan(dry.out().indexOf("2001-01-01"));

        String id = number(on((stretch + " --reason recount").split(" ")));
        Waiting.until(() -> backfill(id).at("/progress/running").asInt() == 2);
        assertThat(partitions(id)).startsWith("2001-01-08", "2001-01-07");
        assertThat(api.get("/runs?dag=daily").body().path("items"))
                .as("made as places get free")
                .hasSize(2);
        assertThat(on("backfills", "pause", id).out()).contains("is paused");
        go("daily");
        Waiting.until(() -> backfill(id).at("/progress/succeeded").asInt() == 2);
        assertThat(backfill(id).at("/progress/waiting").asInt()).isEqualTo(6);
        assertThat(on("backfills", "pause", id).err()).contains("backfill " + id + " is paused, so it cannot pause");
        assertThat(on("backfills", "--dag", "daily").out())
                .contains("paused", "2 succeeded, 6 waiting of 8", "recount");

        assertThat(on("backfills", "resume", id).out()).contains("goes on");
        Waiting.until(() -> backfill(id).path("state").asText().equals("finished"));
        assertThat(backfill(id).at("/progress/succeeded").asInt()).isEqualTo(8);
        assertThat(on("backfills", "show", id).out())
                .contains("8 succeeded of 8", "2001-01-01", "backwards", "2 at once");
        Command again = on((stretch + " --dry-run").split(" "));
        assertThat(again.out()).contains("it has a run that succeeded", "0 of 8 intervals would run");
        assertThat(api.get("/dags/daily").body().path("events").findValuesAsText("type"))
                .containsExactly("backfill_running", "backfill_paused", "backfill_begun");
    }

    @Test
    void aCancelledBackfillEndsItsRunsUnlessTheyAreToBeLeft() throws IOException {
        declareDaily("ended");
        String first = number(on("backfill ended --from 2001-01-01 --to 2001-01-08 --parallel 2".split(" ")));
        Waiting.until(() -> backfill(first).at("/progress/running").asInt() == 2);
        assertThat(on("backfills", "cancel", first, "--reason", "wrong dates").code())
                .isZero();
        Waiting.until(() -> backfill(first).at("/progress/cancelled").asInt() == 2);
        assertThat(backfill(first).at("/progress/left_out").asInt()).isEqualTo(6);
        assertThat(api.get("/runs?dag=ended").text()).contains("backfill " + first + " was cancelled: wrong dates");

        String second = number(
                on("backfill ended --from 2001-01-01 --to 2001-01-08 --reprocess failed -p how=fail".split(" ")));
        assertThat(backfill(second).at("/progress/total").asInt()).isEqualTo(8);
        Waiting.until(() -> backfill(second).at("/progress/running").asInt() == 1);
        on("backfills", "cancel", second, "--leave-running");
        go("ended");
        Waiting.until(() -> backfill(second).at("/progress/failed").asInt() == 1);
        assertThat(backfill(second).at("/parameters/how").asText()).isEqualTo("fail");
    }

    @Test
    void aBackfillWithFailuresWaitedForFails() throws IOException {
        declareDaily("failing");
        go("failing");
        Command backfill =
                on("backfill failing --from 2001-01-01 --to 2001-01-03 --parallel 3 -p how=fail --wait".split(" "));
        assertThat(backfill.code()).isEqualTo(1);
        assertThat(backfill.out()).contains("failed in", "tidegate show", "finished: 0 succeeded, 3 failed of 3");
        assertThat(on("backfill failing --from 2001-01-01 --to 2001-01-03 -p nowhere=1".split(" "))
                        .err())
                .contains("nowhere");
    }

    @Test
    void tenYearsOfMinutesDoNotFloodTheServer() {
        SERVER.declare("flood", """
                dag: flood
                schedule: { cron: "* * * * *", zone: UTC, start: 2016-01-01, catchup: all, overlap: queue }
                steps:
                  work: { kind: task, command: [sleep, "600"] }
                """);
        Waiting.until(() -> api.get("/runs?dag=flood&state=queued&limit=500")
                                .body()
                                .path("items")
                                .size()
                        >= 99
                && api.get("/dags/flood")
                                .body()
                                .at("/summary/catching_up/intervals")
                                .asInt()
                        == 1000);
        assertThat(api.get("/runs?dag=flood&limit=500").body().path("items").size())
                .isLessThanOrEqualTo(102);
        assertThat(api.get("/dags/flood")
                        .body()
                        .at("/summary/catching_up/most_waiting")
                        .asInt())
                .isEqualTo(100);
        on("pause", "flood", "--reason", "enough");
        assertThat(api.get("/dags/flood")
                        .body()
                        .at("/summary/pause/missed_intervals")
                        .asInt())
                .isEqualTo(1000);
        assertThat(api.get("/dags/flood").body().path("summary").has("catching_up"))
                .isFalse();
        assertThat(on("backfill", "flood", "--from", "2016-01-01", "--to", "2016-12-31")
                        .err())
                .contains(
                        "more than 10000 intervals (backfill.most_intervals); backfill in parts, the first up to 2016-01-06");
    }

    @Test
    void aScheduleTellsWhatTheServerWillDo() {
        Command schedule = on("schedule", "small-loop", "--from", "2001-01-08", "--to", "2001-01-21", "--json");
        assertThat(schedule.json()).hasSize(2);
        assertThat(schedule.json().at("/0/interval_start").asText()).startsWith("2001-01-01T00:00:00");
        declare("by-hand", "  hello: { kind: task, command: [echo, hello] }\n");
        assertThat(on("schedule", "by-hand").err()).contains("the DAG 'by-hand' has no schedule");
        assertThat(on("schedule", "no-such-dag").code()).isEqualTo(4);
    }

    @Test
    void aStretchOfRunsIsClearedAfterALook() {
        for (String day : List.of("2001-03-05", "2001-03-12")) {
            assertThat(on("run", "small-loop", "--interval", day).code()).isZero();
        }
        String stretch = "--from 2001-03-01 --to 2001-03-31";
        Command dry = on(("clear small-loop " + stretch + " --step evaluate --dry-run").split(" "));
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("2001-03-05", "2001-03-12", "evaluate", "2 runs would go again; nothing was changed");
        String run = ended("small-loop");
        assertThat(api.step(run, "evaluate").path("attempts")).hasSize(1);
        assertThat(on(("clear small-loop " + stretch + " --failed --dry-run").split(" "))
                        .out())
                .contains("nothing failed", "no runs would go again");

        Command clear = on(("clear small-loop " + stretch + " --step evaluate --reason drift").split(" "));
        assertThat(clear.out()).contains("2 runs of small-loop go again");
        Waiting.until(() -> api.step(run, "evaluate").path("attempts").size() == 2
                && api.state(run).equals("succeeded"));
        assertThat(api.step(run, "ingest").path("attempts")).hasSize(1);
        assertThat(on(("clear small-loop " + stretch + " --step nowhere").split(" "))
                        .out())
                .contains("its version has no step nowhere", "no runs of small-loop go again");
        assertThat(on("clear small-loop --from 2001-05-01 --to 2001-05-31 --failed".split(" "))
                        .err())
                .contains("no run of small-loop is for an interval that starts from 2001-05-01 to 2001-05-31");
    }
}
