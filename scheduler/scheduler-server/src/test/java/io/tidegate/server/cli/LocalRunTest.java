package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.server.home.FolderTree;
import io.tidegate.server.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidegate run --local} with local processes; {@link LocalSparkRunIT} does the same with Spark. */
final class LocalRunTest {
    private static final Path DAG = Path.of("src/test/resources/dag-tests/doubled.dag.yaml");

    private static Command run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--local", DAG.toString()));
        all.addAll(List.of(arguments));
        return Command.run(Tidegate::run, all.toArray(String[]::new));
    }

    private static Path home(Command command) {
        Matcher kept = Pattern.compile("kept in (\\S+):").matcher(command.err());
        assertThat(kept.find()).as(command.err()).isTrue();
        return Path.of(kept.group(1));
    }

    @Test
    void aSampleRunsForRealAndLeavesNothing() {
        Command command = run("--sample", "numbers are doubled");

        assertThat(command.code()).as(command.out() + command.err()).isZero();
        assertThat(command.out()).contains("double", "succeeded", "✓ numbers are doubled");
        Matcher home = Pattern.compile("\\S*/tidegate-local-\\S+").matcher(command.out());
        assertThat(home.find()).isTrue();
        assertThat(Path.of(home.group())).doesNotExist();
    }

    @Test
    void partitionsThatAreNotGivenAreMissing() {
        assertThat(run("--sample", "what is missing").code()).isZero();
        assertThat(run("--sample", "may look back").code()).isZero();
    }

    @Test
    void afterAFailureTheDataAndTheLogsAreKept() {
        Command command = run("--sample", "a program that fails", "--json");

        Path home = home(command);
        try {
            assertThat(command.code()).isEqualTo(1);
            assertThat(command.out()).contains("\"run\"", "failed: tell failed");
            assertThat(home.resolve("data/doubled/2001-01-01.csv")).hasContent("name,n\na,2\nb,4.5\n");
            assertThat(home.resolve("attempts")).isNotEmptyDirectory();
        } finally {
            FolderTree.delete(home);
        }
    }

    @Test
    void withoutASampleTheDagRunsOnce() {
        Command command = run("--interval", "2001-01-05", "--param", "factor=3");

        Path home = home(command);
        FolderTree.delete(home);
        assertThat(command.code()).isEqualTo(1);
        assertThat(command.out()).contains("exit code 9", "land did not succeed");
        assertThat(run("--interval", "2001-01-05", "--param", "factr=3")).satisfies(wrong -> {
            assertThat(wrong.code()).isEqualTo(1);
            assertThat(wrong.out()).contains("parameter factr: the DAG has no such parameter");
        });
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(run("--sample", "no such").code()).isEqualTo(4);
        Path alone = DAG.resolveSibling("alone/alone.dag.yaml");
        assertThat(Command.run(Tidegate::run, "run", "--local", alone.toString())
                        .code())
                .isZero();
        assertThat(Command.run(Tidegate::run, "run", "--local", alone.toString(), "--sample", "a")
                        .code())
                .isEqualTo(4);
        assertThat(Command.run(Tidegate::run, "test", alone.toString()).code()).isEqualTo(4);
        Command command = Command.run(Tidegate::run, "run", "--local", "nowhere.dag.yaml");
        assertThat(command.code()).isEqualTo(4);
        assertThat(command.err()).contains("there is no file nowhere.dag.yaml");
    }

    @Test
    void aDagWithALibraryRunsAsWell(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("steps.library.yaml"), """
                templates:
                  say:
                    params: { word: { type: string } }
                    step: { kind: task, command: [echo, "{{ with.word }}"] }
                """);
        Path dag = Files.writeString(folder.resolve("greeter.dag.yaml"), """
                dag: greeter
                include: [steps.library.yaml]
                steps: { greet: { use: say, with: { word: hello } } }
                """);

        Command command = Command.run(Tidegate::run, "run", "--local", dag.toString());

        assertThat(command.code()).as(command.out() + command.err()).isZero();
        assertThat(command.out()).contains("greet", "succeeded");
    }

    @Test
    void secretsAreReadByWhoeverRunsItOrGivenByTheSample(@TempDir Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "open-sesame\n");
        Path dag = Files.writeString(folder.resolve("a.dag.yaml"), """
                dag: a
                secrets: { mine: { file: %s } }
                steps:
                  check:
                    kind: task
                    command: [sh, -c, 'test "$MINE" = "$0" || { echo "found $MINE" >&2; exit 3; }', "open-sesame"]
                    environment: { MINE: "{{ secrets.mine }}" }
                """.formatted(password));
        Files.writeString(folder.resolve("a.test.yaml"), """
                samples:
                  the real one: {}
                  another one:
                    secrets: { mine: not-the-real-one }
                    expect: { run: failed, steps: { check: { failures: [user], because: exit code 3 } } }
                  none at all:
                    missing_secrets: [mine]
                    expect: { run: failed, steps: { check: { because: secret mine is missing } } }
                """);
        Command command = Command.run(Tidegate::run, "run", "--local", dag.toString());

        assertThat(command.code()).as(command.out() + command.err()).isZero();
        assertThat(command.out()).contains("✓ the real one", "✓ another one", "✓ none at all");
    }
}
