package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.Command;
import io.tidegate.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is different between two DAG files, and between versions of a DAG of a server. */
final class DiffCommandTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with();

    private static final String FIRST = """
            dag: counted
            steps:
              count: { kind: task, command: [echo, one], timeout: 20m }
              tell: { kind: task, command: [echo, told], needs: [count] }
            """;
    private static final String SECOND = FIRST.replace("20m", "40m");
    private static final String THIRD =
            SECOND.substring(0, SECOND.indexOf("  tell:")) + "  shout: { kind: task, command: [echo, loud] }\n";

    @TempDir
    private Path folder;

    private static Command on(String... arguments) {
        return Command.on(SERVER.home(), Tidegate::run, arguments);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void filesAreCompared() throws IOException {
        String first = file("first.dag.yaml", FIRST).toString();
        String third = file("third.dag.yaml", THIRD).toString();
        String same = file("same.dag.yaml", "# the same\n" + FIRST).toString();

        assertThat(on("diff", first, third).out()).isEqualTo("""
                        ~ step count: timeout 20m -> 40m
                        - step tell removed
                        + step shout added (task)
                        """);
        assertThat(on("diff", first, same).out()).isEqualTo("both mean the same\n");
        JsonNode change = on("diff", first, third, "--json").json().at("/changes/0");
        assertThat(change.path("path").asText()).isEqualTo("steps.count.timeout");
        assertThat(change.path("before").asText()).isEqualTo("20m");
        assertThat(on("diff", first, folder.resolve("none").toString()).code()).isEqualTo(4);
        assertThat(on("diff", first, file("bad.dag.yaml", "dag: bad").toString())
                        .err())
                .contains("bad.dag.yaml:1:1", "not a sound DAG file");
        assertThat(on("diff", first, third, "--to", "2").code()).isEqualTo(2);
    }

    @Test
    void versionsOfADagAreComparedWithTheFilesBesideIt() throws IOException {
        SERVER.declare("counted", FIRST);
        assertThat(on("diff", "counted").out()).contains("this is the first version");
        SERVER.declare("counted", SECOND);
        Files.writeString(SERVER.dagFile("counted").resolveSibling("rules.txt"), "be kind");
        SERVER.declare("counted", THIRD);

        Command whole = on("diff", "counted", "--from", "1", "--to", "current");
        assertThat(whole.code()).as(whole.err()).isZero();
        assertThat(whole.out())
                .containsPattern("counted  1 \\([0-9a-f]{12}\\) -> [34] \\([0-9a-f]{12}\\)")
                .contains(
                        "~ step count: timeout 20m -> 40m",
                        "- step tell removed",
                        "+ step shout added (task)",
                        "+ file rules.txt added");
        JsonNode second = on("diff", "counted", "--to", "2", "--json").json();
        assertThat(second.at("/from/number").asInt()).isEqualTo(1);
        assertThat(second.at("/changes/0/text").asText()).isEqualTo("step count: timeout 20m -> 40m");
        String hash = second.at("/to/version").asText();
        assertThat(on("diff", "counted", "--to", hash.substring(0, 8), "--json").json())
                .isEqualTo(second);
        Command unknown = on("diff", "counted", "--to", "77");
        assertThat(unknown.code()).isEqualTo(4);
        assertThat(unknown.err()).contains("there is no version '77'; a version is named by its number");
        assertThat(on("diff", "no-such-dag").code()).isEqualTo(4);
    }
}
