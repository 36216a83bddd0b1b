package io.tidegate.dag.parser.testfile;

import io.tidegate.dag.parser.testfile.Given.Measured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one attempt of a step ends.
 *
 * @param failure why it fails; absent when it succeeds
 * @param message what is said of a failure; absent for a sentence that fits the failure
 * @param startsAfter how long its job waits on its cluster until its program runs
 * @param after how long its program takes
 * @param report what a success reports
 */
public record StepResult(
        Optional<Failure> failure,
        OptionalInt exitCode,
        Optional<String> message,
        Duration startsAfter,
        Duration after,
        Report report) {
    /** How long an attempt takes of which nothing is said. */
    public static final Duration USUAL = Duration.ofSeconds(1);

    /** What a step does of which nothing is said. */
    public static final StepResult SUCCESS = new StepResult(
            Optional.empty(), OptionalInt.empty(), Optional.empty(), Duration.ZERO, USUAL, Report.NOTHING);

    /** Whose fault a failure is; the words of {@code retries}. */
    public enum Failure {
        USER,
        PLATFORM,
        TIMEOUT,
        LOST
    }

    public StepResult {
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(exitCode, "exitCode");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(startsAfter, "startsAfter");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(report, "report");
    }

    /** An attempt that fails and says no more. */
    static StepResult failing(Failure failure) {
        return new StepResult(
                Optional.of(failure), OptionalInt.empty(), Optional.empty(), Duration.ZERO, USUAL, Report.NOTHING);
    }

    /**
     * What a program reports.
     *
     * @param metrics by name; those of an {@code evaluate} step are its champion's
     * @param outputs by name, as they are written
     * @param comparison what a training step measured of both models
     * @param registers whether a training step registers a model version
     */
    public record Report(
            Map<String, Measured> metrics, Map<String, Object> outputs, Comparison comparison, boolean registers) {
        public static final Report NOTHING = new Report(Map.of(), Map.of(), Comparison.NOTHING, true);

        public Report {
            metrics = Map.copyOf(metrics);
            outputs = Map.copyOf(outputs);
            Objects.requireNonNull(comparison, "comparison");
        }
    }

    /**
     * What was measured of challenger and champion on the same rows.
     *
     * @param slices the same for parts of the rows
     */
    public record Comparison(Map<String, Double> challenger, Map<String, Double> champion, List<Slice> slices) {
        public static final Comparison NOTHING = new Comparison(Map.of(), Map.of(), List.of());

        public Comparison {
            challenger = Map.copyOf(challenger);
            champion = Map.copyOf(champion);
            slices = List.copyOf(slices);
        }
    }

    /** What was measured of both models on the rows whose column has the value. */
    public record Slice(String column, String value, Map<String, Double> challenger, Map<String, Double> champion) {
        public Slice {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(value, "value");
            challenger = Map.copyOf(challenger);
            champion = Map.copyOf(champion);
        }
    }
}
