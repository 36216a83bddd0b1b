package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.server.dagtest.FolderWatch;
import io.tidegate.server.testing.Command;
import io.tidegate.server.testing.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** {@code tidegate test} as people and as continuous integration use it. */
final class TestCommandTest {
    private static final String DAG = """
            dag: pair
            steps:
              land: { kind: task, command: [land, --to, "{{ home }}/landing", now] }
              tell: { kind: task, needs: [land], command: [tell] }
            """;

    private static final String CASES = """
            cases:
              all is well:
                expect: { run: succeeded }
              the command is another:
                expect:
                  steps:
                    land: { command: [land, --into, /home/landing] }
              it fails:
                steps: { land: { fails: user, message: "no <disk> & no ]]>" } }
                expect: { run: failed, steps: { land: { because: disk }, tell: skipped } }
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("pair.dag.yaml"), DAG);
        file = Files.writeString(folder.resolve("pair.test.yaml"), CASES);
    }

    private static Command test(Object... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("test"));
        List.of(arguments).forEach(argument -> all.add(argument.toString()));
        return Command.run(Tidegate::run, all.toArray(String[]::new));
    }

    @Test
    void whatIsNotAsExpectedIsShownWithItsLine() {
        Command command = test(folder);

        assertThat(command.code()).isEqualTo(1);
        assertThat(command.out()).startsWith("""
                pair  FILE
                  ✓ all is well
                  ✗ the command is another
                      FILE:7:26  land.command
                          land
                        - --into
                        + --to
                          /home/landing
                        + now
                  ✗ it fails
                      FILE:10:68  tell.state
                        - skipped
                        + upstream_failed
                2 of 3 cases failed in\s""".replace("FILE", file.toString()));
        assertThat(command.out()).doesNotContain("\u001b");
    }

    @Test
    void continuousIntegrationGetsJUnitXml() throws Exception {
        Path report = folder.resolve("reports/dags.xml");

        assertThat(test(folder.resolve("pair.dag.yaml"), "--junit", report).code())
                .isEqualTo(1);

        Element suite = (Element) DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testsuite")
                .item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        Element failed = (Element) suite.getElementsByTagName("testcase").item(2);
        assertThat(failed.getAttribute("classname")).isEqualTo("pair");
        assertThat(failed.getAttribute("name")).isEqualTo("it fails");
        assertThat(failed.getAttribute("line")).isEqualTo("8");
        assertThat(failed.getElementsByTagName("failure").item(0).getTextContent())
                .contains(file + ":10:68", "- skipped", "+ upstream_failed");
    }

    @Test
    void programsGetJson() throws IOException {
        Command command = test(folder, "--json");

        JsonNode document = new ObjectMapper().readTree(command.out());
        assertThat(command.code()).isEqualTo(1);
        assertThat(document.path("passed").asBoolean()).isFalse();
        assertThat(document.at("/files/0/dag").asText()).isEqualTo("pair");
        assertThat(document.at("/files/0/cases/0/passed").asBoolean()).isTrue();
        assertThat(document.at("/files/0/cases/2/mismatches/0/subject").asText())
                .isEqualTo("tell.state");
        assertThat(document.at("/files/0/cases/2/mismatches/0/actual/0").asText())
                .isEqualTo("upstream_failed");
    }

    @Test
    void casesAreChosenByTheirNames() {
        Command chosen = test(file, "--filter", "well");
        assertThat(chosen.code()).as(chosen.out()).isZero();
        assertThat(chosen.out()).contains("1 case passed").doesNotContain("it fails");
        assertThat(test(file, "--filter", "wel1").code()).isEqualTo(4);
    }

    @Test
    void testsThatAreNotThereAreNoSuccess() throws IOException {
        assertThat(test(folder.resolve("no-such-folder"))).satisfies(command -> {
            assertThat(command.code()).isEqualTo(4);
            assertThat(command.err()).contains("there is no file or folder");
        });
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(test(empty)).satisfies(command -> {
            assertThat(command.code()).isEqualTo(4);
            assertThat(command.err()).contains("no file here ends in .test.yaml");
        });
    }

    @Test
    void filesThatCannotBeReadFailWithTheirProblems() throws IOException {
        Files.writeString(file, CASES.replace("succeeded", "suceeded"));
        Path report = folder.resolve("dags.xml");

        Command command = test(folder, "--junit", report);

        assertThat(command.code()).isEqualTo(1);
        assertThat(command.out()).contains(file + ":3:20: 'suceeded' is not", "did you mean 'succeeded'?");
        assertThat(Files.readString(report)).contains("errors=\"1\"", "did you mean");
    }

    @Test
    void watchingTestsAgainAfterAChange() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Thread watching = new Thread(() -> Tidegate.run(new String[] {"test", folder.toString(), "--watch"}, out, out));
        watching.setDaemon(true);
        watching.start();
        Waiting.until(() -> said.toString(StandardCharsets.UTF_8).contains("watching for changes"));

        Files.writeString(
                folder.resolve("pair.dag.yaml"), DAG.replace("--to", "--into").replace(", now]", "]"));

        Waiting.until(() -> said.toString(StandardCharsets.UTF_8).contains("1 of 3 cases failed"));
        watching.interrupt();
        watching.join();
    }

    @Test
    void foldersThatAreNewAreWatchedToo() throws Exception {
        try (FolderWatch watch = new FolderWatch(List.of(file))) {
            Path more = Files.createDirectories(folder.resolve("more/and/more"));
            assertThat(watch.await()).isTrue();
            CompletableFuture<Boolean> changed = CompletableFuture.supplyAsync(() -> awaited(watch));
            Files.writeString(more.resolve("rules.yaml"), "rules: []");
            assertThat(changed).succeedsWithin(java.time.Duration.ofMinutes(2)).isEqualTo(true);
            CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> awaited(watch));
            watch.close();
            assertThat(closed).succeedsWithin(java.time.Duration.ofMinutes(2)).isEqualTo(false);
        }
    }

    private static boolean awaited(FolderWatch watch) {
        try {
            return watch.await();
        } catch (IOException | InterruptedException problem) {
            throw new AssertionError(problem);
        }
    }
}
