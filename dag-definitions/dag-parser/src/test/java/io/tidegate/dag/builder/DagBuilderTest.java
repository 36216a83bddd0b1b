package io.tidegate.dag.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.step.StepKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DagBuilderTest {
    private static final Path PAGE = Path.of("../GENERATED.md");

    @TempDir
    private Path folder;

    /** The example of the documentation. */
    private static DagBuilder feed(String feed, Duration patience) {
        // begin of the example
        String raw = "raw_" + feed;
        return DagBuilder.dag(feed + "-feed")
                .title("The feed of " + feed)
                .cron("0 6 * * *", ZoneId.of("Europe/Berlin"), LocalDate.of(2001, 1, 1))
                .dataset(raw, DataClass.RAW, "csv", "{{ home }}/" + feed + "/day={{ interval.start.date }}")
                .step(
                        "land",
                        StepBuilder.of(StepKind.INGEST)
                                .outputs(raw)
                                .command("fetch", feed, "{{ datasets." + raw + ".uri }}")
                                .timeout(patience)
                                .retries(Map.of("user", 2)))
                .step("tell", StepBuilder.task("tell", feed).needs("land").runWhen("all_done"));
        // end of the example
    }

    @Test
    void theExampleOfTheDocumentationIsThisOne() throws IOException {
        String test = Files.readString(Path.of("src/test/java/io/tidegate/dag/builder/DagBuilderTest.java"));
        Matcher example = Pattern.compile("(?s)// begin of the example\\n(.*?) *// end of the example")
                .matcher(test);
        assertThat(example.find()).isTrue();

        assertThat(Files.readString(PAGE))
                .contains(example.group(1).stripTrailing().stripIndent());
    }

    @Test
    void whatIsBuiltIsWhatAPersonWouldHaveWritten() {
        DagDefinition built = feed("weather", Duration.ofMinutes(90)).build().definition();

        assertThat(built)
                .isEqualTo(DagParser.parse("weather-feed.dag.yaml", """
                        dag: weather-feed
                        title: The feed of weather
                        schedule: { cron: "0 6 * * *", zone: Europe/Berlin, start: 2001-01-01 }
                        datasets:
                          raw_weather: { class: raw, format: csv, uri: "{{ home }}/weather/day={{ interval.start.date }}" }
                        steps:
                          land:
                            kind: ingest
                            outputs: [raw_weather]
                            command: [fetch, weather, "{{ datasets.raw_weather.uri }}"]
                            timeout: 90m
                            retries: { user: 2 }
                          tell: { kind: task, command: [tell, weather], needs: [land], run_when: all_done }
                        """)
                        .graph()
                        .orElseThrow()
                        .definition());
    }

    @Test
    void whatIsWrittenIsReadBackAsItWasBuilt() throws IOException {
        DagBuilder builder = feed("flights", Duration.ofHours(1))
                .owner("feeds")
                .tags("generated")
                .parameter("day", Parameter.Type.DATE)
                .parameter("share", Parameter.Type.NUMBER, 0.5)
                .schedule("catchup", Map.of("mode", "all", "limit", 10))
                .model("late", "{{ home }}/models/late")
                .alert(List.of("step_failed"), List.of("ml-oncall"))
                .set("defaults", Map.of("timeout", Duration.ofMinutes(5)))
                .step(
                        "each",
                        StepBuilder.task("count", "{{ item.airport }}", "a: b # c", "no", "1.10", "", "two\nlines")
                                .environment("LANG", "C.UTF-8")
                                .environment("DAY", "{{ params.day }}")
                                .set("foreach", Map.of("items", Map.of("airport", List.of("ord", "jfk")))))
                .step(
                        "fit",
                        StepBuilder.of(StepKind.TRAIN)
                                .set("model", "late")
                                .inputs("raw_flights[-2..0]")
                                .command("fit"));

        Path file = builder.writeTo(folder);

        assertThat(file).hasFileName("flights-feed.dag.yaml").hasContent(builder.write());
        assertThat(DagParser.parse(file).graph().orElseThrow().definition())
                .isEqualTo(builder.build().definition());
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithTheNearestRightWord() {
        DagBuilder builder = DagBuilder.dag("feed")
                .every(Duration.ofHours(6), ZoneOffset.UTC, LocalDate.of(2001, 1, 1))
                .step("land", StepBuilder.task("land").set("tiemout", Duration.ofMinutes(1)))
                .step("tell", StepBuilder.task("tell").needs("lnad"));

        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        InvalidDagException.class,
                        problem -> assertThat(problem.messages())
                                .containsExactly("unknown field 'tiemout'", "there is no step 'lnad'"))
                .hasMessageContaining("feed.dag.yaml:")
                .hasMessageContaining("did you mean 'timeout'?")
                .hasMessageContaining("did you mean 'land'?");
        assertThatThrownBy(() -> builder.writeTo(folder)).isInstanceOf(InvalidDagException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatCannotBeWrittenIsRefusedWhereItIsGiven() {
        DagBuilder builder = DagBuilder.dag("feed").step("land", StepBuilder.task("land"));

        assertThatThrownBy(() -> builder.step("land", StepBuilder.task("again")))
                .hasMessage("steps of DAG feed has 'land' already");
        assertThatThrownBy(() -> builder.set("title", new Object[] {"x", Thread.State.NEW}))
                .hasMessageStartingWith("a DAG file has no form for NEW; give text, a number");
    }
}
