package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.ParameterBounds;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.model.Bound;
import io.tidegate.dag.model.Comparison;
import io.tidegate.dag.model.GateRule;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.model.ThresholdRule;
import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import io.tidegate.dag.step.Execution;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.Limits;
import io.tidegate.dag.step.Retries;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a sound file means. */
final class DagParserTest {
    private static final DagGraph LATE_ARRIVALS = DagParser.parse(
                    "late-arrivals.dag.yaml", TestFiles.read(TestFiles.VALID.resolve("late-arrivals.dag.yaml")))
            .graph()
            .orElseThrow();

    static List<Path> soundFiles() {
        return TestFiles.sound();
    }

    @ParameterizedTest
    @MethodSource("soundFiles")
    void theExamplesAreSound(Path file) {
        assertThat(TestFiles.problems(DagParser.parse(file))).isEmpty();
    }

    @Test
    void theTopOfAFile() {
        DagDefinition dag = LATE_ARRIVALS.definition();

        assertThat(dag.id()).hasToString("late-arrivals");
        assertThat(dag.description())
                .isEqualTo(new DagDefinition.Description(
                        Optional.of("Will this flight arrive 15 minutes late or more?"),
                        Optional.of("flight-models"),
                        List.of("demo"),
                        Optional.empty()));
        assertThat(dag.schedule())
                .contains(new Schedule(
                        new Timing.Cron("0 0 * * MON"),
                        Calendar.of(
                                ZoneId.of("America/New_York"),
                                LocalDate.of(2001, 1, 1),
                                Optional.of(LocalDate.of(2001, 7, 1))),
                        Catchup.ALL,
                        new Overlap(Overlap.Policy.PARALLEL, 4)));
        assertThat(dag.parameters())
                .containsExactly(new Parameter(
                        "late_minutes",
                        Parameter.Type.INTEGER,
                        Optional.of("15"),
                        ParameterBounds.between("1", "240"),
                        Optional.of("From when on a flight counts as late")));
        assertThat(dag.alerts())
                .containsExactly(new AlertRule(
                        Set.of(AlertRule.Event.STEP_FAILED, AlertRule.Event.RUN_FAILED, AlertRule.Event.RECOVERED),
                        List.of("ml-oncall")));
    }

    @Test
    void datasetsAndModels() {
        assertThat(LATE_ARRIVALS.dataset(new DatasetName("scores")).orElseThrow())
                .satisfies(scores -> {
                    assertThat(scores.dataClass()).isEqualTo(DataClass.ALGORITHMIC);
                    assertThat(scores.format()).isEqualTo("parquet");
                    assertThat(scores.uri())
                            .hasToString("{{ home }}/flights/scores/interval={{ interval.start.date }}");
                });
        assertThat(LATE_ARRIVALS
                        .model(new ModelName("late-arrival"))
                        .orElseThrow()
                        .target())
                .hasToString("{{ home }}/models/late-arrival");
        assertThat(LATE_ARRIVALS.definition().resources().libraries()).containsExactly("lib/tidegate-examples.jar");
    }

    @Test
    void edgesFollowFromTheFile() {
        assertThat(LATE_ARRIVALS.edges())
                .extracting(edge -> edge.from() + " -> " + edge.to() + " " + edge.reason())
                .containsExactlyInAnyOrder(
                        "ingest -> cleanse " + Edge.Reason.DATA,
                        "cleanse -> features " + Edge.Reason.DATA,
                        "features -> evaluate " + Edge.Reason.DATA,
                        "features -> refit " + Edge.Reason.DATA,
                        "evaluate -> refit " + Edge.Reason.ORDER,
                        "refit -> publish " + Edge.Reason.MODEL);
        assertThat(LATE_ARRIVALS.order())
                .extracting(StepId::value)
                .containsExactly("ingest", "cleanse", "features", "evaluate", "refit", "publish");
    }

    @Test
    void kindsHaveTheirFields() {
        assertThat(step("ingest").work())
                .isEqualTo(new Work.Ingest(Optional.of(
                        new Work.Source(new Template("{{ home }}/landing/flights-3m.parquet"), "parquet", "date"))));
        assertThat(step("cleanse").work())
                .isEqualTo(new Work.Cleanse(
                        Optional.of("rules/flights.yaml"),
                        Map.of("rejected_share", new Bound(Comparison.LESS_OR_EQUAL, 0.02))));
        assertThat(step("features").work())
                .isEqualTo(new Work.Transform(Optional.of("io.tidegate.examples.LateArrivalFeatures")));
        assertThat(step("evaluate").work())
                .isEqualTo(new Work.Evaluate(
                        new ModelName("late-arrival"), List.of("log_loss", "auc", "calibration_error", "drift_psi")));
        assertThat(step("features").inputs())
                .containsExactly(
                        InputReference.current(new DatasetName("clean_flights")),
                        new InputReference(new DatasetName("clean_flights"), -2, -1));
    }

    @Test
    void aRefitHasItsCondition() {
        assertThat(step("refit").work())
                .isEqualTo(new Work.Refit(
                        new Work.Training(
                                new ModelName("late-arrival"),
                                Optional.of("io.tidegate.examples.LateArrivalModel"),
                                Duration.ofDays(2)),
                        new OpenCondition(
                                OpenCondition.Mode.ANY,
                                List.of(
                                        new OpenCondition.NoChampion(),
                                        new OpenCondition.Threshold(new ThresholdRule(
                                                "log_loss",
                                                ThresholdRule.Aggregate.MEAN,
                                                3,
                                                new Bound(Comparison.GREATER, 0.52),
                                                new Bound(Comparison.LESS, 0.5),
                                                new ThresholdRule.Sensitivity(2, 3, 10_000, 3)))))));
    }

    @Test
    void aGateHasItsRules() {
        assertThat(step("publish").work())
                .isEqualTo(new Work.Publish(
                        new ModelName("late-arrival"),
                        List.of(
                                new GateRule(
                                        "challenger.log_loss <= champion.log_loss - 0.002",
                                        sum(plus(new GateRule.Measured(ModelRole.CHALLENGER, "log_loss"))),
                                        Comparison.LESS_OR_EQUAL,
                                        sum(
                                                plus(new GateRule.Measured(ModelRole.CHAMPION, "log_loss")),
                                                new GateRule.SignedTerm(-1, new GateRule.Constant(0.002)))),
                                new GateRule(
                                        "worst_slice(origin).log_loss.increase <= 5%",
                                        sum(plus(new GateRule.WorstSliceIncrease("origin", "log_loss"))),
                                        Comparison.LESS_OR_EQUAL,
                                        sum(plus(new GateRule.Constant(0.05)))))));
        assertThat(step("publish").execution().executor()).isEqualTo(new ExecutorSettings.InScheduler());
    }

    @Test
    void defaultsReachStepsThatDoNotSayOtherwise() {
        assertThat(step("ingest").execution())
                .isEqualTo(new Execution(
                        new Execution.BuiltIn(), ExecutorSettings.Spark.of("local[2]", "1g", Map.of()), Map.of()));
        assertThat(step("ingest").limits())
                .isEqualTo(new Limits(
                        Duration.ofMinutes(20), new Retries(1, 3, 0, 1, Duration.ofSeconds(5), Duration.ofMinutes(2))));
        assertThat(step("refit").limits())
                .isEqualTo(new Limits(
                        Duration.ofHours(2), new Retries(0, 3, 0, 1, Duration.ofSeconds(5), Duration.ofMinutes(2))));
        assertThat(step("refit").execution().executor())
                .isEqualTo(ExecutorSettings.Spark.of("local[2]", "2g", Map.of("spark.sql.shuffle.partitions", "4")));
    }

    @Test
    void withoutDefaultsTheProgramDecides() {
        DagDefinition dag = TestFiles.definition("""
                dag: own
                steps:
                  command: { kind: task, command: [echo, 1.10, no, "{{ run.id }}"], environment: { VERSION: 1.10 } }
                  python: { kind: transform, application: jobs/a.py, args: [x] }
                  jar: { kind: train, model: m, application: a.jar, class: org.example.Main, holdout: 36h }
                models: { m: { target: "/models" } }
                """);

        assertThat(dag.steps())
                .extracting(Step::execution)
                .containsExactly(
                        new Execution(
                                new Execution.Command(List.of(
                                        new Template("echo"),
                                        new Template("1.10"),
                                        new Template("no"),
                                        new Template("{{ run.id }}"))),
                                new ExecutorSettings.LocalProcess(),
                                Map.of("VERSION", new Template("1.10"))),
                        new Execution(
                                new Execution.SparkApplication("jobs/a.py", "", List.of(new Template("x"))),
                                ExecutorSettings.Spark.of("local[*]", "1g", Map.of()),
                                Map.of()),
                        new Execution(
                                new Execution.SparkApplication("a.jar", "org.example.Main", List.of()),
                                ExecutorSettings.Spark.of("local[*]", "1g", Map.of()),
                                Map.of()));
        assertThat(dag.steps()).extracting(Step::limits).containsOnly(Limits.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"process", "{ process: {} }"})
    void shortAndLongFormOfAnExecutorAreTheSame(String executor) {
        DagDefinition dag = TestFiles.definition(
                "dag: a\nsteps: { a: { kind: task, command: [echo], executor: " + executor + " } }");

        assertThat(dag.steps().get(0).execution().executor()).isEqualTo(new ExecutorSettings.LocalProcess());
    }

    @Test
    void aThresholdNeedsLittle() {
        DagDefinition dag = TestFiles.definition("""
                dag: own
                models: { m: { target: "/models" } }
                steps:
                  refit:
                    kind: refit
                    model: m
                    train: org.example.Trainer
                    holdout: 1d
                    open_when: { all: [{ threshold: { metric: auc, fire: "< 60%" } }] }
                """);

        assertThat(((Work.Refit) dag.steps().get(0).work()).openWhen())
                .isEqualTo(new OpenCondition(
                        OpenCondition.Mode.ALL,
                        List.of(new OpenCondition.Threshold(new ThresholdRule(
                                "auc",
                                ThresholdRule.Aggregate.MEAN,
                                1,
                                new Bound(Comparison.LESS, 0.6),
                                new Bound(Comparison.GREATER_OR_EQUAL, 0.6),
                                ThresholdRule.Sensitivity.EVERY_BREACH)))));
    }

    private static Step step(String id) {
        return LATE_ARRIVALS.step(new StepId(id));
    }

    private static GateRule.Sum sum(GateRule.SignedTerm... terms) {
        return new GateRule.Sum(List.of(terms));
    }

    private static GateRule.SignedTerm plus(GateRule.Term term) {
        return new GateRule.SignedTerm(1, term);
    }

    @Test
    void aSensorComesBeforeWhatReadsItsPartition() {
        ParseResult result =
                DagParser.parse("test.dag.yaml", TestFiles.read(TestFiles.VALID.resolve("sensors.dag.yaml")));
        DagGraph graph = result.graph().orElseThrow();
        Step arrived = graph.step(new StepId("arrived"));
        assertThat(arrived.work())
                .isEqualTo(new Work.Sensor(
                        Optional.empty(), true, Optional.of(Duration.ofMinutes(5)), Duration.ofSeconds(10)));
        assertThat(arrived.outputs()).extracting(Object::toString).containsExactly("feed");
        assertThat(arrived.execution().executor().executorName()).isEqualTo("sensor");
        assertThat(graph.producer(new DatasetName("feed"))).contains(arrived.id());
        assertThat(graph.step(new StepId("flag")).work())
                .isEqualTo(new Work.Sensor(
                        Optional.of(new Template("/flags/{{ interval.start.date }}")),
                        false,
                        Optional.empty(),
                        Work.Sensor.USUAL_POKE));
    }
}
