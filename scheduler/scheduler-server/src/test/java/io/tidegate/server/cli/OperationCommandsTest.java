package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.Command;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do with DAGs and runs when something went wrong: each command against a running server. */
final class OperationCommandsTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with("small-loop", "trouble");

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
        assertThat(on("rerun", run, "--from", "first", "--only", "--wait").code())
                .as("last has failed")
                .isEqualTo(1);
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

    @Test
    void aScheduleTellsWhatTheServerWillDo() {
        Command schedule = on("schedule", "small-loop", "--from", "2001-01-08", "--to", "2001-01-21", "--json");
        assertThat(schedule.json()).hasSize(2);
        assertThat(schedule.json().at("/0/interval_start").asText()).startsWith("2001-01-01T00:00:00");
        assertThat(on("schedule", "trouble").err()).contains("the DAG 'trouble' has no schedule");
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
