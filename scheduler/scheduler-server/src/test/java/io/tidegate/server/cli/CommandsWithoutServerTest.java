package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.server.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no server. */
final class CommandsWithoutServerTest {
    @TempDir
    private Path folder;

    @Test
    void validateNeedsNoServer() throws IOException {
        Path good = Files.writeString(
                folder.resolve("good.dag.yaml"), "dag: good\nsteps:\n  only: { kind: task, command: [echo] }\n");
        Files.writeString(folder.resolve("bad.dag.yaml"), "dag: bad\nsteps:\n  only: { kind: task, comand: [echo] }\n");

        assertThat(Command.run(Tidegate::run, "validate", good.toString()).code())
                .isZero();
        Command both = Command.run(Tidegate::run, "validate", folder.toString());
        assertThat(both.code()).isEqualTo(1);
        assertThat(both.out()).contains("valid", "good.dag.yaml", "1 step");
        assertThat(both.err()).contains("bad.dag.yaml:3:", "comand", "^", "command");
        Command json = Command.run(Tidegate::run, "validate", "--json", folder.toString());
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.json()).hasSize(2);
        assertThat(json.err()).isEmpty();
        assertThat(Command.run(
                                Tidegate::run,
                                "validate",
                                folder.resolve("nothing").toString())
                        .code())
                .isEqualTo(4);
    }

    @Test
    void aCompletionScriptIsMade() throws Exception {
        Command completion = Command.run(Tidegate::run, "generate-completion");
        assertThat(completion.code()).isZero();
        assertThat(completion.out()).contains("complete", "backfill", "--interval", "lineage");
        Path script = Files.writeString(folder.resolve("completion"), completion.out());
        assertThat(new ProcessBuilder("bash", "-n", script.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void helpIsThere() {
        Command help = Command.run(Tidegate::run, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains(
                        "demo",
                        "up",
                        "validate",
                        "run",
                        "backfill",
                        "backfills",
                        "runs",
                        "show",
                        "logs",
                        "rerun",
                        "cancel",
                        "mark",
                        "clear",
                        "pause",
                        "unpause",
                        "metrics",
                        "models")
                .contains("lineage", "alerts", "pools", "completion");
        assertThat(Command.run(Tidegate::run, "--version").out()).startsWith("Tidegate ");
    }
}
