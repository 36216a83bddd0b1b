package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.parser.problem.ProblemRenderer;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What becomes of the steps that templates make. */
final class TemplatesTest {
    private static final Path EXAMPLES = Path.of("../examples/templates");
    private static final Path PUBLISHED = Path.of("src/main/resources/tidegate-library.schema.json");

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Step step(DagDefinition definition, String name) {
        return definition.steps().stream()
                .filter(step -> step.id().equals(new StepId(name)))
                .findFirst()
                .orElseThrow();
    }

    private static String version(DagDefinition definition) {
        return DagVersion.of(CanonicalForm.of(definition), new TreeMap<>());
    }

    @Test
    void aStepOfATemplateIsTheStepThatOneWouldHaveWrittenOut() {
        DagDefinition written = TestFiles.definition("""
                dag: weather-feed
                title: Weather at airports, landed and cleaned
                schedule: { cron: "0 * * * *", zone: UTC, start: 2001-01-01, end: 2001-07-01 }
                datasets:
                  raw_weather: { class: raw, format: csv, uri: "{{ home }}/weather/raw/hour={{ interval.partition }}" }
                  clean_weather: { class: deterministic, format: csv, uri: "{{ home }}/weather/clean/hour={{ interval.partition }}" }
                steps:
                  land:
                    kind: ingest
                    outputs: [raw_weather]
                    command:
                      - fetch
                      - https://partner.example.org/weather/{{ interval.start.date }}.csv
                      - --to
                      - "{{ datasets.raw_weather.uri }}"
                    timeout: 10m
                    retries: { user: 2, backoff: 30s..10m }
                  clean:
                    kind: cleanse
                    inputs: [raw_weather]
                    outputs: [clean_weather]
                    command: [clean-rows, --from, "{{ datasets.raw_weather.uri }}"]
                    quality: { rejected_share: "<= 10%" }
                    timeout: 5m
                """);

        assertThat(TestFiles.definition(EXAMPLES.resolve("weather.dag.yaml"))).isEqualTo(written);
    }

    @Test
    void aValueThatIsOneGapKeepsItsSortAndTextStaysAsItIsWritten() throws IOException {
        write("lib/steps.library.yaml", """
                templates:
                  hello:
                    params:
                      items: { type: list }
                      most: { type: integer, default: 3 }
                      word: { type: string, default: 1.10 }
                    step:
                      kind: task
                      foreach: { items: { name: "{{ with.items }}" }, at_most: "{{ with.most }}" }
                      command: [echo, "{{ with.word }}", "{{ with.word }}/{{ with.most }}", "{{ item.name }}"]
                """);
        DagDefinition definition = TestFiles.definition(write("a.dag.yaml", """
                dag: a
                include: [lib/steps.library.yaml]
                params: { who: { type: string, default: me } }
                steps:
                  one: { use: hello, with: { items: [a, b], word: "{{ params.who }}" }, timeout: 2h }
                """));

        Step one = step(definition, "one");
        assertThat(one.execution().program().toString()).contains("{{ params.who }}", "{{ params.who }}/3");
        assertThat(one.foreach().orElseThrow().atMost()).isEqualTo(3);
        assertThat(one.foreach().orElseThrow().items().toString()).contains("[a, b]");
        assertThat(one.limits().timeout()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aLibraryMakesANewVersionWhereItChangesWhatADagMeans() throws IOException {
        String library = "templates: { hi: { step: { kind: task, command: [echo, hi] } } }\n";
        write("steps.library.yaml", library);
        Path dag = write("a.dag.yaml", "dag: a\ninclude: [steps.library.yaml]\nsteps: { one: { use: hi } }\n");
        String before = version(TestFiles.definition(dag));

        write("steps.library.yaml", "# kind words\n" + library);
        assertThat(version(TestFiles.definition(dag))).isEqualTo(before);
        write("steps.library.yaml", library + "# and more\n  ");
        assertThat(version(TestFiles.definition(dag))).isEqualTo(before);
        write("steps.library.yaml", library.replace("[echo, hi]", "[echo, hello]"));
        assertThat(version(TestFiles.definition(dag))).isNotEqualTo(before);
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Path secret = write("elsewhere/steps.library.yaml", "templates: { hi: { step: { use: hi } } }");
        write("dags/readme.txt", "");
        Files.createSymbolicLink(folder.resolve("dags/steps.library.yaml"), secret);
        Path dag = write("dags/a.dag.yaml", "dag: a\ninclude: [steps.library.yaml]\nsteps: { one: { use: hi } }\n");

        assertThat(TestFiles.problems(DagParser.parse(dag)))
                .containsExactly("2:11 library steps.library.yaml: a link leads out of the folder of the DAG"
                        + " (put the library itself into the folder)");
    }

    @Test
    void whatTemplatesMakeIsBounded() throws IOException {
        write(
                "steps.library.yaml",
                "templates: { hi: { step: { kind: task, command: [echo, \"" + "x".repeat(900) + "\"] } } }\n");
        StringBuilder text = new StringBuilder("dag: a\ninclude: [steps.library.yaml]\nsteps:\n");
        for (int number = 0; number < 50; number++) {
            text.append("  s").append(number).append(": { use: hi }\n");
        }
        Path dag = write("a.dag.yaml", text.toString());

        assertThat(DagParser.parse(dag).problems()).isEmpty();
        assertThat(TestFiles.problems(DagParser.parse(dag, new ParserLimits(10_000, 100, 50))))
                .containsExactly("14:15 the steps that templates make have more than 10000 characters together"
                        + " (split the DAG into several)");
    }

    @Test
    void textWithoutAFolderCannotIncludeLibraries() {
        assertThat(TestFiles.problems("dag: a\ninclude: [b.library.yaml]\nsteps: { one: { use: hi } }\n"))
                .containsExactly("2:11 library b.library.yaml: only a DAG that lies in a folder can include libraries"
                        + " (give the file instead of its text)");
    }

    @Test
    void aLibraryIsCheckedWithoutADag() throws IOException {
        assertThat(LibraryParser.check(EXAMPLES.resolve("feeds.library.yaml"))).isEmpty();
        Path library = write("steps.library.yaml", """
                templates:
                  hello:
                    params: { word: { type: string } }
                    step: { kind: task, comand: [echo, "{{ with.word }}"], retries: { user: "{{ with.word }}" }, timeout: 20 }
                """);

        assertThat(LibraryParser.check(library))
                .extracting(problem -> problem.line() + ":" + problem.column() + " " + problem.message())
                .containsExactly(
                        "4:25 unknown field 'comand'",
                        "4:107 20 has no unit; a duration is a number with s, m, h or d");
    }

    @Test
    void thePageSaysWhatHappens() throws IOException {
        String page = TestFiles.read(Path.of("../TEMPLATES.md"));
        List<String> blocks = Pattern.compile("(?ms)^```(?:yaml|text)\\n(.*?)^```$")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
        write("dags/feeds.library.yaml", blocks.get(0));
        Path dag = write("dags/weather.dag.yaml", blocks.get(1));
        assertThat(DagParser.parse(dag).problems()).isEmpty();

        Files.writeString(dag, blocks.get(1).replace("from: raw_weather", "from: raw_whether"));
        assertThat(ProblemRenderer.plain()
                        .render(DagParser.parse(dag).problems())
                        .replace(folder + "/", ""))
                .contains(blocks.get(2));
    }

    /** After a wanted change of the language run with {@code -Dtidegate.update} and read the difference. */
    @Test
    void thePublishedSchemaIsTheOneOfTheLanguage() throws IOException {
        if (System.getProperty("tidegate.update") != null) {
            Files.writeString(PUBLISHED, LibrarySchema.generate());
        }
        assertThat(LibrarySchema.generate()).isEqualTo(TestFiles.read(PUBLISHED));
        Object library = new Load(LoadSettings.builder().build())
                .loadFromString(TestFiles.read(EXAMPLES.resolve("feeds.library.yaml")));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(LibrarySchema.published())
                        .validate(new ObjectMapper().<JsonNode>valueToTree(library)))
                .isEmpty();
    }
}
