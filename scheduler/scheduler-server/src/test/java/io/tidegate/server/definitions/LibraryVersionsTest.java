package io.tidegate.server.definitions;

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

/** DAGs with a library on a server: what they run, and when they have a new version. */
final class LibraryVersionsTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with();

    private static final String GREETER = """
            dag: greeter
            include: [steps.library.yaml]
            steps: { greet: { use: say, with: { word: hello } } }
            """;
    private static final String OTHER = """
            dag: plain
            steps: { greet: { kind: task, command: [echo, plain] } }
            """;

    private static Path file(String name) {
        return SERVER.dags().resolve("greetings").resolve(name);
    }

    private static void library(String text) throws IOException {
        Files.writeString(file("steps.library.yaml"), text);
    }

    private static String version(String dag) {
        return SERVER.api().get("/dags/" + dag).body().at("/summary/version").asText();
    }

    private static String said(String dag) {
        JsonNode run = SERVER.api().ended(SERVER.api().run(dag, "{}"));
        return SERVER.api().log(run.at("/summary/run").asText(), "greet", 1);
    }

    private static List<String> problems() {
        List<String> problems = new ArrayList<>();
        SERVER.api()
                .get("/dags/problems")
                .body()
                .path("items")
                .forEach(problem -> problems.add(problem.path("message").asText()));
        return problems;
    }

    private static List<String> changes(String dag, String version) {
        List<String> changes = new ArrayList<>();
        SERVER.api()
                .get("/dags/" + dag + "/versions/" + version + "/changes")
                .body()
                .path("changes")
                .forEach(change -> changes.add(change.path("text").asText()));
        return changes;
    }

    @Test
    void aChangeOfALibraryMakesANewVersionOfTheDagsThatUseIt() throws IOException {
        Files.createDirectories(file("x").getParent());
        String library = """
                templates:
                  say:
                    params: { word: { type: string } }
                    step: { kind: task, command: [echo, "{{ with.word }}, world"] }
                """;
        library(library);
        Files.writeString(file("greeter.dag.yaml"), GREETER);
        Files.writeString(file("plain.dag.yaml"), OTHER);
        Waiting.until(() -> !version("greeter").isEmpty() && !version("plain").isEmpty());
        String first = version("greeter");
        String plain = version("plain");
        assertThat(said("greeter")).contains("hello, world");

        library(library.replace("say:", "say:   # politely").replace(", world", ", everybody"));
        Waiting.until(() -> !version("greeter").equals(first));
        assertThat(said("greeter")).contains("hello, everybody");
        assertThat(version("plain")).isEqualTo(plain);
        assertThat(changes("greeter", "current"))
                .containsExactly("step greet: command [echo, hello, world] -> [echo, hello, everybody]");

        String second = version("greeter");
        library("# only words\n" + library.replace(", world", ", everybody"));
        Files.writeString(file("bell.dag.yaml"), "dag: bell\nsteps: { ring: { kind: task, command: [echo] } }\n");
        Waiting.until(() -> !version("bell").isEmpty());
        assertThat(version("greeter")).isEqualTo(second);

        library(library.replace("command", "comand"));
        Waiting.until(() -> !problems().isEmpty());
        assertThat(problems()).contains("unknown field 'comand' (used at " + file("greeter.dag.yaml") + ":3:24)");
        assertThat(said("greeter")).contains("hello, everybody");
    }
}
