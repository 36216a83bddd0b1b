package io.tidegate.dag.graph;

import static io.tidegate.dag.graph.Definitions.dag;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.step.Work;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DefinitionChecksTest {
    private static final Work TASK = new Work.Task();

    @Test
    void aDagWithoutStepsIsRefused() {
        assertProblems(dag(), "steps: a DAG needs at least one step");
    }

    @Test
    void aStepIsDeclaredOnce() {
        assertProblems(dag().task("count").task("count"), "steps.count: step count is declared twice");
    }

    @Test
    void unknownNamesAreToldWithTheNearestRightOne() {
        assertProblems(
                dag().dataset("features", DataClass.DETERMINISTIC)
                        .model("late-arrival")
                        .task("ingest")
                        .step("a", TASK, List.of("ingset"), List.of("featuers"), List.of("weather"))
                        .step("b", Definitions.train("late-arival"), List.of(), List.of(), List.of()),
                "steps.a.needs.ingset: there is no step 'ingset' (did you mean 'ingest'?)",
                "steps.a.inputs.0: there is no dataset 'featuers' (did you mean 'features'?)",
                "steps.a.outputs.0: there is no dataset 'weather'",
                "steps.b.model: there is no model 'late-arival' (did you mean 'late-arrival'?)");
    }

    @Test
    void thousandsOfUnknownNamesAreToldQuickly() {
        Definitions many = dag();
        int count = 5_000;
        IntStream.range(0, count).forEach(number -> {
            many.dataset("known-dataset-" + number, DataClass.DETERMINISTIC);
            many.step("step-" + number, TASK, List.of(), List.of("other-dataset-" + number), List.of());
        });

        assertThat(many.problems()).hasSize(count);
    }

    @Test
    void aDatasetHasOneProducer() {
        assertProblems(
                dag().dataset("counts", DataClass.DETERMINISTIC)
                        .step("first", TASK, List.of(), List.of(), List.of("counts"))
                        .step("second", TASK, List.of(), List.of(), List.of("counts")),
                "steps.second.outputs.0: dataset counts is already written by step first; a dataset has one producer");
    }

    @Test
    void twoDatasetsDoNotShareAPlace() {
        assertProblems(
                dag().datasetAt("one", DataClass.RAW, "/data/{{ interval.start.date }}")
                        .datasetAt("two", DataClass.RAW, "/data/{{ interval.start.date }}")
                        .task("count"),
                "datasets.two.uri: dataset two lies where one lies; one would overwrite the other");
    }

    @Test
    void namesStayApartInTheEnvironmentOfAStep() {
        assertProblems(
                dag().parameter("late_minutes")
                        .parameter("late-minutes")
                        .dataset("raw-flights", DataClass.RAW)
                        .dataset("raw_flights", DataClass.RAW)
                        .task("count"),
                "params.late-minutes: 'late-minutes' and 'late_minutes' would be the same environment variable of a step",
                "datasets.raw_flights: 'raw_flights' and 'raw-flights' would be the same environment variable of a step");
    }

    @Test
    void earlierIntervalsNeedAScheduleAndAPartitionForEach() {
        assertProblems(
                dag().withoutSchedule()
                        .dataset("counts", DataClass.DETERMINISTIC)
                        .step("a", TASK, List.of(), List.of("counts@-1..-1"), List.of()),
                "steps.a.inputs.0: counts[-1] names earlier intervals, but the DAG has no schedule");
        assertProblems(
                dag().datasetAt("counts", DataClass.DETERMINISTIC, "/data/counts")
                        .step("a", TASK, List.of(), List.of("counts@-7..0"), List.of()),
                "steps.a.inputs.0: counts[-7..0] names earlier intervals,"
                        + " but the uri of counts is the same for all of them");
    }

    @ParameterizedTest
    @CsvSource({"cleanse", "transform", "task"})
    void onlyIngestWritesRawData(String kind) {
        Work work = switch (kind) {
            case "cleanse" -> new Work.Cleanse(Optional.empty(), java.util.Map.of());
            case "transform" -> new Work.Transform(Optional.empty());
            default -> TASK;
        };
        assertProblems(
                dag().dataset("flights", DataClass.RAW).step("a", work, List.of(), List.of(), List.of("flights")),
                "steps.a.outputs.0: step a of kind " + kind
                        + " writes the raw dataset flights; only an ingest step writes raw data");
    }

    @Test
    void rawDataIsNotComputed() {
        assertProblems(
                dag().dataset("clean", DataClass.DETERMINISTIC)
                        .dataset("raw", DataClass.RAW)
                        .step("a", new Work.Ingest(Optional.empty()), List.of(), List.of("clean"), List.of("raw")),
                "steps.a.outputs.0: raw dataset raw cannot be computed from the deterministic dataset clean;"
                        + " raw data comes from outside");
    }

    @Test
    void whatIsComputedFromAGuessIsAGuess() {
        assertProblems(
                dag().dataset("scores", DataClass.ALGORITHMIC)
                        .dataset("report", DataClass.DETERMINISTIC)
                        .step("a", TASK, List.of(), List.of("scores", "scores@-1..-1"), List.of("report")),
                "steps.a.outputs.0: deterministic dataset report cannot be computed from the algorithmic dataset scores;"
                        + " declare it with class: algorithmic");
    }

    @Test
    void whatAModelComputesIsAGuess() {
        assertProblems(
                dag().dataset("features", DataClass.DETERMINISTIC)
                        .dataset("scores", DataClass.DETERMINISTIC)
                        .model("late")
                        .step("a", Definitions.evaluate("late"), List.of(), List.of("features"), List.of("scores")),
                "steps.a.outputs.0: step a of kind evaluate computes scores with a model;"
                        + " declare it with class: algorithmic");
    }

    @Test
    void aGuessMayBeComputedFromAnything() {
        assertThat(dag().dataset("raw", DataClass.RAW)
                        .dataset("scores", DataClass.ALGORITHMIC)
                        .dataset("report", DataClass.ALGORITHMIC)
                        .step("a", TASK, List.of(), List.of("raw", "scores"), List.of("report"))
                        .problems())
                .isEmpty();
    }

    @Test
    void aPublishedModelIsMadeHereAndPublishedOnce() {
        assertProblems(
                dag().model("late").step("publish", Definitions.publish("late"), List.of(), List.of(), List.of()),
                "steps.publish.model: step publish publishes late, but no train or refit step of this DAG makes it");
        assertProblems(
                dag().model("late")
                        .step("train", Definitions.train("late"), List.of(), List.of(), List.of())
                        .step("first", Definitions.publish("late"), List.of(), List.of(), List.of())
                        .step("second", Definitions.publish("late"), List.of(), List.of(), List.of()),
                "steps.second.model: model late is already published by step first;"
                        + " a model has one publish step in a DAG");
    }

    @Test
    void aCircleIsWrittenOutFromItsFirstName() {
        assertProblems(
                dag().task("a", "c")
                        .task("b", "a")
                        .task("c", "b")
                        .task("after", "c")
                        .task("free"),
                "steps.a: steps wait for each other in a circle: a -> b -> c -> a");
    }

    @Test
    void everyCircleIsTold() {
        assertProblems(
                dag().task("a", "b").task("b", "a").task("x", "y", "a").task("y", "x"),
                "steps.a: steps wait for each other in a circle: a -> b -> a",
                "steps.x: steps wait for each other in a circle: x -> y -> x");
    }

    @Test
    void aCircleThroughDataIsFoundToo() {
        assertProblems(
                dag().dataset("one", DataClass.DETERMINISTIC)
                        .dataset("two", DataClass.DETERMINISTIC)
                        .step("a", TASK, List.of(), List.of("two"), List.of("one"))
                        .step("b", TASK, List.of(), List.of("one"), List.of("two")),
                "steps.a: steps wait for each other in a circle: a -> b -> a");
    }

    @Test
    void aLongCircleIsCutShort() {
        Definitions circle = dag().task("s-0000", "s-4999");
        IntStream.range(1, 5_000)
                .forEach(number -> circle.task("s-%04d".formatted(number), "s-%04d".formatted(number - 1)));

        List<GraphProblem> problems = circle.problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).message())
                .startsWith("steps wait for each other in a circle: s-0000 -> s-0001 -> ")
                .endsWith(" -> s-0019 -> (4980 more) -> s-0000");
    }

    @Test
    void aStepCannotWaitForItself() {
        assertProblems(
                dag().dataset("one", DataClass.DETERMINISTIC)
                        .step("a", TASK, List.of("a"), List.of("one"), List.of("one")),
                "steps.a.needs.a: step a cannot wait for itself",
                "steps.a.inputs.0: step a reads one, which it writes itself"
                        + " (the partition of the interval before is one[-1])");
    }

    private static void assertProblems(Definitions definitions, String... expected) {
        assertThat(definitions.problems())
                .extracting(problem -> problem.path() + ": " + problem.message()
                        + problem.suggestion().map(text -> " (" + text + ")").orElse(""))
                .containsExactly(expected);
    }
}
