package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.Command;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps that run another DAG, in a whole server that lets one attempt work at a time. */
final class SubDagTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with().configured("execution: { attempts_at_once: 1 }\n");

    private static void declareInner(String dag, String script) throws IOException {
        Path file = SERVER.dagFile(dag).resolveSibling("count.sh");
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        SERVER.declare(dag, """
                dag: %s
                params: { region: { type: string, default: nowhere } }
                steps:
                  count:
                    kind: task
                    command: [sh, count.sh, "{{ params.region }}"]
                    environment: { DATA: "{{ home }}" }
                  after: { kind: task, needs: [count], command: [echo, after] }
                """.formatted(dag));
    }

    private static void declareOuter(String dag, String fields) {
        SERVER.declare(dag, """
                dag: %s
                steps: { score: { kind: dag, %s } }
                """.formatted(dag, fields));
    }

    private static Path file(String name) {
        return SERVER.home().resolve("data").resolve(name);
    }

    private static String subRun(String run) {
        Waiting.until(() -> SERVER.api().step(run, "score").at("/step/sub_run").isObject());
        return SERVER.api().step(run, "score").at("/step/sub_run/run").asText();
    }

    private static String reason(String run) {
        return SERVER.api().step(run, "score").at("/step/reason").asText();
    }

    @Test
    void aStepRunsAnotherDagOverARestartAndHandsItsValuesOn() throws Exception {
        declareInner("inner", """
                while [ ! -e $DATA/go ]; do sleep 0.05; done
                echo "for $1"
                echo '{"type":"output","name":"counted","value":7}' >> "$TIDEGATE_OUTPUT"
                """);
        SERVER.declare("outer", """
                dag: outer
                params: { region: { type: string, default: north } }
                steps:
                  score: { kind: dag, dag: inner, params: { region: "{{ params.region }}" }, takes: { rows: count.counted } }
                  tell: { kind: task, command: [echo, "{{ outputs.score.rows }} rows"] }
                """);
        String run = SERVER.api().run("outer", "{\"parameters\":{\"region\":\"south\"}}");
        String inner = subRun(run);
        // The outer step takes no place, or the inner one could not work.
        SERVER.api().awaitStep(inner, "count", "running");
        Waiting.until(() -> reason(run).equals("waits for run " + inner + " of DAG inner, which is running"));
        assertThat(SERVER.api().get("/runs/" + inner).body().path("caller").toString())
                .isEqualTo("{\"run\":\"" + run + "\",\"dag\":\"outer\",\"step\":\"score\"}");

        SERVER.stop();
        SERVER.start();
        Files.createDirectories(file("go").getParent());
        Files.writeString(file("go"), "");

        assertThat(SERVER.api().ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
        assertThat(SERVER.api().log(inner, "count", 1)).isEqualTo("for south\n");
        assertThat(SERVER.api().log(run, "tell", 1)).isEqualTo("7 rows\n");
        assertThat(SERVER.api().get("/runs?dag=inner").body().path("items")).hasSize(1);
        assertThat(SERVER.api().step(run, "score").path("attempts")).hasSize(1);
        assertThat(SERVER.api().log(run, "score", 1))
                .contains("run " + inner + " of DAG inner", "count step succeeded", "run succeeded");
        assertThat(Command.on(SERVER.home(), Tidegate::run, "show", run).out())
                .contains("run " + inner + " of inner, succeeded");
    }

    @Test
    void aFailedRunFailsTheStepAndARerunGoesOnWithIt() throws Exception {
        declareInner("brittle", "test -e $DATA/mended");
        declareOuter("careless", "dag: brittle");
        String run = SERVER.api().run("careless", "{}");
        SERVER.api().ended(run);
        String inner = subRun(run);
        assertThat(SERVER.api().step(run, "score").at("/attempts/0/message").asText())
                .isEqualTo("run " + inner + " of DAG brittle failed: step count failed");

        Files.createDirectories(file("mended").getParent());
        Files.writeString(file("mended"), "");
        SERVER.api().post("/runs/" + run + "/rerun", "{\"from\":\"failed\"}");
        Waiting.until(
                () -> SERVER.api().step(run, "score").at("/step/state").asText().equals("succeeded"));
        assertThat(subRun(run)).isEqualTo(inner);
        assertThat(SERVER.api().step(inner, "count").path("attempts")).hasSize(2);
        SERVER.api().ended(run);

        // What has succeeded is asked for again only by who wants it anew.
        SERVER.api().post("/runs/" + run + "/rerun", "{\"from\":\"step\",\"step\":\"score\"}");
        Waiting.until(() -> !subRun(run).equals(inner));
        SERVER.api().ended(run);
        assertThat(SERVER.api().get("/runs?dag=brittle").body().path("items")).hasSize(2);
    }

    @Test
    void cancellingTheOuterRunCancelsTheInnerOne() throws IOException {
        declareInner("endless", "sleep 600");
        declareOuter("impatient", "dag: endless");
        String run = SERVER.api().run("impatient", "{}");
        String inner = subRun(run);
        SERVER.api().awaitStep(inner, "count", "running");
        SERVER.api().post("/runs/" + run + "/cancel", "{}");
        assertThat(SERVER.api().ended(run).at("/summary/state").asText()).isEqualTo("cancelled");
        assertThat(SERVER.api().state(inner)).isEqualTo("cancelled");
    }

    @Test
    void aRunThatIsNotWaitedForGoesItsOwnWay() throws IOException {
        declareInner("alone", "while [ ! -e $DATA/alone ]; do sleep 0.05; done");
        SERVER.declare("starter", """
                dag: starter
                steps:
                  score: { kind: dag, dag: alone, wait: false, foreach: { items: { region: [a, b] } }, params: { region: "{{ item.region }}" } }
                """);
        String run = SERVER.api().run("starter", "{}");
        assertThat(SERVER.api().ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
        List<String> inner =
                SERVER.api().get("/runs?dag=alone").body().path("items").findValuesAsText("run");
        assertThat(inner).hasSize(2);
        Files.createDirectories(file("alone").getParent());
        Files.writeString(file("alone"), "");
        inner.forEach(one -> SERVER.api().ended(one));
    }

    @Test
    void whatDoesNotFitFailsTheStepWithASentence() throws IOException {
        declareInner("strict", "true");
        declareOuter("wrong", "dag: strict, params: { area: north }");
        assertThat(message("wrong")).contains("parameters.area");
        declareOuter("mistaken", "dag: stritc");
        assertThat(message("mistaken")).isEqualTo("dag: there is no DAG stritc; did you mean strict?");
        SERVER.declare("daily", """
                dag: daily
                schedule: { cron: "0 0 * * *", zone: UTC, start: 2001-01-01, end: 2001-01-03 }
                steps: { count: { kind: task, command: [echo, "{{ interval.start.date }}"] } }
                """);
        declareOuter("timeless", "dag: daily");
        assertThat(message("timeless")).contains("DAG daily has a schedule, so its runs are for an interval");
    }

    private static String message(String dag) {
        String run = SERVER.api().run(dag, "{}");
        SERVER.api().ended(run);
        return SERVER.api().step(run, "score").at("/attempts/0/message").asText();
    }

    @Test
    void aDagThatWouldRunItselfThroughAnotherIsRefusedWhenItIsSaved() throws IOException {
        declareOuter("first", "dag: second");
        Path file = SERVER.dagFile("second");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "dag: second\nsteps: { back: { kind: dag, dag: first } }\n");
        Waiting.until(() -> problem("second") != null);
        assertThat(problem("second").path("message").asText())
                .isEqualTo("DAG second would run itself: second runs first, which runs second");
        assertThat(SERVER.api().get("/dags/second").status()).isEqualTo(404);
        Files.delete(file);
    }

    private static JsonNode problem(String dag) {
        for (JsonNode problem : SERVER.api().get("/dags/problems").body().path("items")) {
            if (problem.path("file").asText().contains(dag)) {
                return problem;
            }
        }
        return null;
    }
}
