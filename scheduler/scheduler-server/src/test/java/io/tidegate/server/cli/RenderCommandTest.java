package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.server.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a DAG file with templates means, and what is wrong with one, without a server. */
final class RenderCommandTest {
    private static final Path EXAMPLES = Path.of("../../dag-definitions/examples/templates");

    @TempDir
    private Path folder;

    private static Command tidegate(String... arguments) {
        return Command.run(Tidegate::run, arguments);
    }

    @Test
    void theLongFormIsADagFileThatMeansTheSame() throws IOException {
        String flights = EXAMPLES.resolve("flights.dag.yaml").toString();
        Command yaml = tidegate("render", flights);
        Path written = Files.writeString(folder.resolve("written.dag.yaml"), yaml.out());

        assertThat(yaml.code()).as(yaml.err()).isZero();
        assertThat(yaml.out())
                .startsWith("dag: flights-feed\ntitle: Flights, landed and cleaned\n")
                .contains("timeout: 1h", "outputs: [good_flights, bad_flights]", "{{ datasets.landed_flights.uri }}")
                .doesNotContain("use:", "with.");
        assertThat(tidegate("render", written.toString(), "--json").out())
                .isEqualTo(tidegate("render", flights, "--json").out());
    }

    @Test
    void problemsAreShownWhereTheyAreAndWhereTheyWereUsed() throws IOException {
        Path library = Files.writeString(folder.resolve("steps.library.yaml"), """
                templates:
                  hello:
                    step: { kind: task, command: [echo], tiemout: 1h }
                """);
        Path dag = Files.writeString(folder.resolve("a.dag.yaml"), """
                dag: a
                include: [steps.library.yaml]
                steps: { one: { use: hello } }
                """);

        Command rendered = tidegate("render", dag.toString());
        assertThat(rendered.code()).isEqualTo(1);
        assertThat(rendered.err())
                .contains(
                        library + ":3:42: unknown field 'tiemout'", "used at " + dag + ":3:22", "not a sound DAG file");
        Command validated = tidegate("validate", folder.toString(), "--json");
        assertThat(validated.code()).isEqualTo(1);
        assertThat(validated.json().at("/0/problems/0/used_at/0").asText()).isEqualTo(dag + ":3:22");
        assertThat(validated.json().at("/0/problems/0/file").asText()).isEqualTo(library.toString());
        assertThat(validated.json().at("/1/problems/0/line").asInt()).isEqualTo(3);
        assertThat(tidegate("render", folder.resolve("b.dag.yaml").toString()).code())
                .isEqualTo(4);
    }

    @Test
    void aLibraryAndTheDagsThatUseItAreValidated() {
        Command validated = tidegate("validate", EXAMPLES.toString());

        assertThat(validated.code()).as(validated.err()).isZero();
        assertThat(validated.out()).contains("(flights-feed, 2 steps)", "(weather-feed, 2 steps)", "(a library)");
    }
}
