package io.tidegate.server.dagtest.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.dag.model.Bound;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.dag.parser.testfile.Given.Measured;
import io.tidegate.dag.parser.testfile.StepResult;
import io.tidegate.dag.parser.testfile.StepResult.Failure;
import io.tidegate.dag.step.Execution;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepKind;
import io.tidegate.dag.step.Work;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.Metric;
import io.tidegate.scheduler.report.StepReport.Slice;
import io.tidegate.scheduler.report.StepReport.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Turns the results of a test file into what executors and programs would have said. Pure. */
final class Reports {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL_EXIT_CODE = 1;

    /** More rows than any rule asks for. */
    private static final long ENOUGH_SAMPLES = Integer.MAX_VALUE;

    private Reports() {}

    /** What the program of a step reports when it ends as the result says. */
    static StepReport report(Step step, LaunchKey key, StepResult result) {
        if (result.failure().isPresent()) {
            return StepReport.EMPTY;
        }
        Optional<String> model = step.work().model().map(ModelName::value);
        List<Metric> metrics = new ArrayList<>();
        Optional<ModelRole> role =
                step.kind() == StepKind.EVALUATE ? Optional.of(ModelRole.CHAMPION) : Optional.empty();
        Optional<String> subject = step.kind() == StepKind.EVALUATE ? model : Optional.empty();
        new TreeMap<>(result.report().metrics())
                .forEach((name, measured) -> metrics.add(new Metric(
                        name,
                        measured.value(),
                        samples(measured),
                        new Subject(Optional.empty(), subject, role, Optional.empty()))));
        StepResult.Comparison comparison = result.report().comparison();
        compared(model, Optional.empty(), comparison.challenger(), comparison.champion(), metrics);
        comparison
                .slices()
                .forEach(slice -> compared(
                        model,
                        Optional.of(new Slice(slice.column(), slice.value())),
                        slice.challenger(),
                        slice.champion(),
                        metrics));
        return new StepReport(metrics, Map.of(), outputs(result), List.of(), registered(step, key, result), List.of());
    }

    /** How the executor sees the job end. */
    static Observation.Ended ended(Step step, StepResult result) {
        if (result.failure().isEmpty()) {
            return brokenBound(step, result)
                    .map(message -> Observation.Ended.failed(FailureKind.USER, USUAL_EXIT_CODE, message))
                    .orElseGet(Observation.Ended::succeeded);
        }
        Failure failure = result.failure().get();
        int exitCode = result.exitCode().orElse(USUAL_EXIT_CODE);
        return switch (failure) {
            case USER ->
                Observation.Ended.failed(
                        FailureKind.USER, exitCode, result.message().orElse("exit code " + exitCode));
            case PLATFORM ->
                new Observation.Ended(
                        OptionalInt.empty(),
                        Optional.of(FailureKind.PLATFORM),
                        result.message().orElse("the machine failed"));
            case LOST -> Observation.Ended.lost(result.message().orElse("the job is gone"));
            case TIMEOUT ->
                throw new IllegalArgumentException("a job that runs into its timeout does not end by itself");
        };
    }

    /** The built-in cleanse step fails when a bound of its quality does not hold. */
    private static Optional<String> brokenBound(Step step, StepResult result) {
        if (!(step.work() instanceof Work.Cleanse cleanse)
                || !(step.execution().program() instanceof Execution.BuiltIn)) {
            return Optional.empty();
        }
        for (Map.Entry<String, Bound> bound : new TreeMap<>(cleanse.quality()).entrySet()) {
            Measured measured = result.report().metrics().get(bound.getKey());
            if (measured != null && !bound.getValue().holds(measured.value())) {
                return Optional.of("the quality bound '" + bound.getKey() + " " + bound.getValue()
                        + "' does not hold: it is " + measured.value());
            }
        }
        return Optional.empty();
    }

    private static void compared(
            Optional<String> model,
            Optional<Slice> slice,
            Map<String, Double> challenger,
            Map<String, Double> champion,
            List<Metric> metrics) {
        measured(model, ModelRole.CHALLENGER, slice, challenger, metrics);
        measured(model, ModelRole.CHAMPION, slice, champion, metrics);
    }

    private static void measured(
            Optional<String> model,
            ModelRole role,
            Optional<Slice> slice,
            Map<String, Double> values,
            List<Metric> metrics) {
        new TreeMap<>(values)
                .forEach((name, value) -> metrics.add(new Metric(
                        name, value, ENOUGH_SAMPLES, new Subject(Optional.empty(), model, Optional.of(role), slice))));
    }

    private static List<StepReport.RegisteredModel> registered(Step step, LaunchKey key, StepResult result) {
        if (!step.kind().producesModel() || !result.report().registers()) {
            return List.of();
        }
        return List.of(new StepReport.RegisteredModel(
                step.work().model().orElseThrow().value(),
                "versions/" + key.value(),
                Optional.empty(),
                Map.of(),
                result.report().comparison().challenger(),
                List.of()));
    }

    private static Map<String, String> outputs(StepResult result) {
        Map<String, String> outputs = new TreeMap<>();
        result.report().outputs().forEach((name, value) -> {
            try {
                outputs.put(name, JSON.writeValueAsString(value));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("maps, lists, text and numbers are always JSON", impossible);
            }
        });
        return outputs;
    }

    /** Rows a number rests on. */
    static long samples(Measured measured) {
        return measured.samples().orElse(ENOUGH_SAMPLES);
    }
}
