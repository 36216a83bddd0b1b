package io.tidegate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.steps.cleanse.CleanseStep;
import io.tidegate.steps.contract.StepReport;
import io.tidegate.steps.contract.StepSpecification;
import io.tidegate.steps.evaluate.EvaluateStep;
import io.tidegate.steps.ingest.IngestStep;
import io.tidegate.steps.runtime.BuiltInStep;
import io.tidegate.steps.runtime.StepContext;
import io.tidegate.steps.train.TrainStep;
import io.tidegate.steps.transform.TransformStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the demo one after the other, on made-up flights, as the scheduler would run them for two weeks. */
class LateArrivalsStepsTest {
    private static final LocalDate FIRST = LocalDate.of(2001, 1, 1);

    @TempDir
    private Path folder;

    private String partition(String dataset, int week) {
        return "{\"partition\":\"" + FIRST.plusWeeks(week) + "\",\"uri\":\"" + uri(dataset, week) + "\",\"offset\":0}";
    }

    private Path uri(String dataset, int week) {
        return folder.resolve(dataset).resolve("interval=" + FIRST.plusWeeks(week));
    }

    private String input(String dataset, int from, int to) {
        List<String> partitions = new ArrayList<>();
        for (int week = from; week <= to; week++) {
            partitions.add(partition(dataset, week));
        }
        return "\"inputs\":[{\"dataset\":\"" + dataset + "\",\"data_class\":\"deterministic\",\"partitions\":["
                + String.join(",", partitions) + "]}]";
    }

    private String outputs(int week, String... datasets) {
        return "\"outputs\":["
                + Stream.of(datasets)
                        .map(dataset ->
                                "{\"dataset\":\"" + dataset + "\",\"data_class\":\"deterministic\",\"partition\":\""
                                        + FIRST.plusWeeks(week) + "\",\"uri\":\"" + uri(dataset, week) + "\"}")
                        .collect(Collectors.joining(","))
                + "]";
    }

    private List<JsonNode> run(BuiltInStep step, String kind, int week, String... fields) throws IOException {
        Path report = folder.resolve(kind + week + ".jsonl");
        String specification =
                "{\"dag\":\"late-arrivals\",\"dag_version\":\"1\",\"run_id\":\"r" + week + "\",\"step\":\"" + kind
                        + "\",\"kind\":\"" + kind + "\",\"launch_key\":\"" + kind + "-" + week + "\",\"dag_folder\":\""
                        + Path.of("late-arrivals").toAbsolutePath()
                        + "\",\"params\":{\"late_minutes\":15},\"interval\":{\"start\":\""
                        + FIRST.plusWeeks(week) + "T00:00:00-05:00\",\"end\":\"" + FIRST.plusWeeks(week + 1)
                        + "T00:00:00-05:00\"},"
                        + String.join(",", fields) + "}";
        step.run(
                new StepContext(SharedSpark.session(), StepSpecification.parse(specification), new StepReport(report)));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(report)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private void prepare(Path source, int week) throws IOException {
        run(
                new IngestStep(),
                "ingest",
                week,
                outputs(week, "raw_flights"),
                "\"source\":{\"uri\":\"" + source + "\",\"format\":\"parquet\",\"time_column\":\"date\"}");
        run(
                new CleanseStep(),
                "cleanse",
                week,
                input("raw_flights", week, week),
                outputs(week, "clean_flights", "rejected_flights"),
                "\"rules\":\"rules/flights.yaml\",\"quality\":{\"rejected_share\":\"<= 0.02\"}");
        run(
                new TransformStep(),
                "transform",
                week,
                input("clean_flights", 0, week),
                outputs(week, "features"),
                "\"transform\":\"" + LateArrivalFeatures.class.getName() + "\"");
    }

    private static double metric(List<JsonNode> lines, String name, String role) {
        return lines.stream()
                .filter(line -> line.path("name").asText().equals(name)
                        && line.path("role").asText().equals(role)
                        && !line.has("slice"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " of the " + role))
                .path("value")
                .asDouble();
    }

    @Test
    void aModelIsTrainedThenScoresWeeksItHasNotSeen() throws IOException {
        Path source = folder.resolve("source.parquet");
        Flights.frame(Flights.made(FIRST, 14, 600, 42)).coalesce(1).write().parquet(source.toString());
        prepare(source, 0);
        Path bundle = folder.resolve("models").resolve("first");
        List<JsonNode> trained = run(
                new TrainStep(),
                "refit",
                0,
                input("features", 0, 0),
                "\"holdout\":\"P2D\"",
                "\"train\":\"" + LateArrivalModel.class.getName() + "\"",
                "\"model\":{\"name\":\"late-arrival\",\"bundle\":\"" + bundle + "\",\"champion\":null}");
        assertThat(metric(trained, "auc", "challenger")).isGreaterThan(0.55);
        assertThat(trained)
                .anyMatch(line -> line.path("type").asText().equals("model")
                        && line.path("trained_on").size() == 1);

        prepare(source, 1);
        theNextWeekIsScored(bundle);
        aChallengerIsComparedWithTheChampion(bundle);
    }

    private void theNextWeekIsScored(Path bundle) throws IOException {
        List<JsonNode> evaluated = run(
                new EvaluateStep(),
                "evaluate",
                1,
                input("features", 1, 1),
                outputs(1, "scores"),
                "\"metrics\":[\"log_loss\",\"auc\",\"calibration_error\",\"drift_psi\"]",
                "\"model\":{\"name\":\"late-arrival\",\"champion\":{\"version\":1,\"bundle\":\"" + bundle + "\"}}");
        assertThat(metric(evaluated, "auc", "champion")).isGreaterThan(0.55);
        assertThat(metric(evaluated, "log_loss", "champion")).isBetween(0.3, 0.7);
        assertThat(evaluated)
                .filteredOn(line -> line.path("name").asText().equals("psi"))
                .hasSize(14);
        assertThat(SharedSpark.session()
                        .read()
                        .parquet(uri("scores", 1).toString())
                        .count())
                .isGreaterThan(4000);
    }

    private void aChallengerIsComparedWithTheChampion(Path bundle) throws IOException {
        List<JsonNode> refitted = run(
                new TrainStep(),
                "refit",
                1,
                input("features", 0, 1),
                "\"holdout\":\"P2D\"",
                "\"train\":\"" + LateArrivalModel.class.getName() + "\"",
                "\"model\":{\"name\":\"late-arrival\",\"bundle\":\""
                        + folder.resolve("models").resolve("second") + "\",\"champion\":{\"version\":1,\"bundle\":\""
                        + bundle + "\"}}");
        assertThat(metric(refitted, "log_loss", "challenger")).isPositive();
        assertThat(metric(refitted, "log_loss", "champion")).isPositive();
    }
}
