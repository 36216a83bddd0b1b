package io.tidegate.dag.builder;

import static io.tidegate.dag.model.OpenCondition.Mode.ANY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.parser.language.DagLanguage;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.step.Deadline;
import io.tidegate.dag.step.OutputType;
import io.tidegate.dag.step.StepKind;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The builder has a word for whatever the language has. */
final class BuilderWordsTest {
    /** A method of Java is a template of its own. */
    private static final Set<String> OF_LIBRARIES = Set.of("include");

    private static final LocalDate START = LocalDate.of(2001, 1, 1);
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Map<String, StepBuilder> STEPS = new TreeMap<>(Map.ofEntries(
            Map.entry("ingest", Steps.ingest("{{ home }}/landing", "csv", "day").outputs("raw")),
            Map.entry(
                    "cleanse",
                    Steps.cleanse("rules.yaml").inputs("raw").outputs("clean").quality("rejected_share", "<= 2%")),
            Map.entry("transform", Steps.transform("org.example.Features").inputs("clean")),
            Map.entry("evaluate", Steps.evaluate("late", "auc").inputs("clean").outputs("scores")),
            Map.entry("train", Steps.train("other").inputs("clean").train("org.example.Train", HOUR)),
            Map.entry(
                    "refit",
                    Steps.refit("late", ANY, "no_champion", Steps.threshold("auc", "< 0.6", Map.of("window", 3)))
                            .inputs("clean")
                            .train("org.example.Train", HOUR)),
            Map.entry("publish", Steps.publish("late", "challenger.auc >= champion.auc")),
            Map.entry(
                    "task",
                    Steps.task("count", "{{ item.airport }}")
                            .needs("cleanse", "publish")
                            .runWhen("cleanse.succeeded || publish.failed")
                            .when("params.share < 0.5")
                            .dependsOnPast()
                            .returns("rows", OutputType.INTEGER)
                            .returns("name", OutputType.STRING)
                            .foreach("airport", List.of("ord", "jfk"))
                            .itemName("{{ item.airport }}")
                            .itemLimits(10, 2, "fail_fast")
                            .environment("LANG", "C.UTF-8")
                            .process()
                            .timeout(HOUR)
                            .startTimeout(Duration.ofMinutes(5))
                            .deadline(HOUR, Deadline.From.INTERVAL_END, Deadline.Then.CANCEL)
                            .retries(Map.of("user", 2, "backoff", "10s..5m", "give_up_on", List.of(2)))
                            .pool(Map.of("spark", 2))
                            .priority(30)
                            .atOnce(3)),
            Map.entry(
                    "jar",
                    StepBuilder.of(StepKind.TASK)
                            .application("lib/score.jar")
                            .mainClass("org.example.Score")
                            .args("{{ interval.start.date }}")
                            .spark(Map.of("master", "local[2]"))
                            .pool("spark")
                            .deadline(HOUR)),
            Map.entry("pod", Steps.task("train").kubernetes(Map.of("image", "train:1.4"))),
            Map.entry(
                    "of-partition",
                    Steps.partition("feed").successFile().stableFor(HOUR).poke(Duration.ofMinutes(1))),
            Map.entry("of-path", Steps.path("{{ home }}/landing")),
            Map.entry(
                    "of-row", Steps.sql("warehouse", "select 1 from loads where day = ?", "{{ interval.start.date }}")),
            Map.entry("of-answer", Steps.http("https://example.org/ready", 200, "body.done")),
            Map.entry("of-plain-answer", Steps.http("https://example.org/ready")),
            Map.entry("of-run", Steps.runOf("orders")),
            Map.entry("of-time", Steps.until("06:30")),
            Map.entry("inner", Steps.dag("region").param("name", "north").takes("rows", "count.rows")),
            Map.entry("unwatched", Steps.dag("region").withoutWaiting()),
            Map.entry(
                    "resource",
                    Steps.resource(Map.of("apiVersion", "example.org/v1", "kind", "Job"), "object.status.done")
                            .failsWhen("object.status.failed")
                            .message("object.status.message")
                            .logs("app", "{{ resource.name }}")
                            .keep()),
            Map.entry("from-file", Steps.resource("manifests/job.yaml", "object.status.done"))));

    private static DagBuilder everything() {
        DagBuilder dag = DagBuilder.dag("everything")
                .title("Every word")
                .description("Of the language")
                .owner("feeds")
                .tags("generated")
                .cron("0 6 * * *", ZONE, START)
                .end(LocalDate.of(2002, 1, 1))
                .exclude("2001-12-24..2001-12-26")
                .catchup(100, Duration.ofSeconds(30))
                .overlap("parallel(4)")
                .afterDatasets("orders.landed", Map.of("any", List.of("rates.bank", "rates.exchange")))
                .parameter("share", Parameter.Type.NUMBER, Map.of("default", 0.25, "min", 0, "max", 1))
                .secretOfEnvironment("warehouse", "WAREHOUSE_PASSWORD")
                .secretOfFile("landing", "/run/secrets/landing")
                .secretOfKubernetes("token", "warehouse", "token")
                .dataset("feed", DataClass.RAW, "csv", "{{ home }}/feed/{{ interval.partition }}")
                .dataset("raw", DataClass.RAW, "csv", "{{ home }}/raw/{{ interval.partition }}")
                .dataset("clean", DataClass.DETERMINISTIC, "csv", "{{ home }}/clean/{{ interval.partition }}")
                .dataset("scores", DataClass.ALGORITHMIC, "csv", "{{ home }}/scores/{{ interval.partition }}")
                .model("late", "{{ home }}/models/late")
                .model("other", "{{ home }}/models/other")
                .libraries("lib/features.jar")
                .defaults(Map.of("timeout", HOUR, "pool", "warehouse", "priority", 1))
                .stepsAtOnce(8)
                .deadline(HOUR, Deadline.From.INTERVAL_END, Deadline.Then.ALERT)
                .alert(List.of("step_failed"), List.of("ml-oncall"));
        STEPS.forEach(dag::step);
        return dag;
    }

    @Test
    void everyWordMakesAFieldOfWhichTheParserMakesSense() {
        assertThat(everything().build().definition().steps()).hasSameSizeAs(STEPS.keySet());
    }

    @Test
    void thereIsAWordForEachFieldOfADag() {
        Set<String> fields = new TreeSet<>(DagLanguage.fields());
        fields.removeAll(OF_LIBRARIES);
        assertThat(everything().fields().keySet()).containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void thereIsAWordForEachFieldOfAStep() {
        Set<String> fields = Arrays.stream(StepKind.values())
                .flatMap(kind -> DagLanguage.fieldsOf(kind).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(STEPS.values().stream().flatMap(step -> step.fields().keySet().stream()))
                .containsAll(fields);
    }

    @Test
    void aScheduleIsPutTogetherOfItsWords() {
        DagBuilder dates = DagBuilder.dag("elections")
                .dates(ZONE, START, LocalDateTime.of(2002, 9, 22, 0, 0), LocalDateTime.of(2005, 9, 18, 18, 0))
                .catchup(Catchup.Mode.LATEST)
                .deadline(HOUR)
                .step("hello", Steps.task("echo"));

        assertThat(everything().fields())
                .extractingByKey("schedule", InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("cron", "zone", "start", "end", "exclude", "catchup", "overlap", "datasets");
        assertThat(dates.write()).contains("2002-09-22", "2005-09-18T18:00", "latest", "after: 1h");
    }
}
