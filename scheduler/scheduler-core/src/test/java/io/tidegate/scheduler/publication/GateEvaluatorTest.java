package io.tidegate.scheduler.publication;

import static io.tidegate.dag.model.ModelRole.CHALLENGER;
import static io.tidegate.dag.model.ModelRole.CHAMPION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.model.Comparison;
import io.tidegate.dag.model.GateRule;
import io.tidegate.dag.model.GateRule.Constant;
import io.tidegate.dag.model.GateRule.Measured;
import io.tidegate.dag.model.GateRule.SignedTerm;
import io.tidegate.dag.model.GateRule.Sum;
import io.tidegate.dag.model.GateRule.WorstSliceIncrease;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.report.StepReport.Metric;
import io.tidegate.scheduler.report.StepReport.Slice;
import io.tidegate.scheduler.report.StepReport.Subject;
import io.tidegate.scheduler.run.RunId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateEvaluatorTest {
    private static final ModelName MODEL = new ModelName("late-arrival");
    private static final GateRule BETTER = new GateRule(
            "challenger.log_loss <= champion.log_loss - 0.002",
            new Sum(List.of(new SignedTerm(1, new Measured(CHALLENGER, "log_loss")))),
            Comparison.LESS_OR_EQUAL,
            new Sum(List.of(
                    new SignedTerm(1, new Measured(CHAMPION, "log_loss")), new SignedTerm(-1, new Constant(0.002)))));
    private static final GateRule NO_SLICE_WORSE = new GateRule(
            "worst_slice(origin).log_loss.increase <= 5%",
            new Sum(List.of(new SignedTerm(1, new WorstSliceIncrease("origin", "log_loss")))),
            Comparison.LESS_OR_EQUAL,
            new Sum(List.of(new SignedTerm(1, new Constant(0.05)))));

    @Test
    void acceptsAChallengerThatIsBetterEverywhere() {
        GateVerdict verdict = judge(
                List.of(BETTER, NO_SLICE_WORSE),
                overall(CHALLENGER, 0.48),
                overall(CHAMPION, 0.49),
                slice(CHAMPION, "ATL", 0.50),
                slice(CHALLENGER, "ATL", 0.51),
                slice(CHAMPION, "ORD", 0.50),
                slice(CHALLENGER, "ORD", 0.45));
        assertThat(verdict.accepted()).isTrue();
        assertThat(verdict.challengerVersion()).isEqualTo(4);
        assertThat(verdict.championVersion()).contains(3);
        assertThat(verdict.rules().get(0).left()).contains(0.48);
        assertThat(verdict.rules().get(0).right())
                .hasValueSatisfying(right -> assertThat(right).isBetween(0.4879, 0.4881));
        assertThat(verdict.explanation())
                .isEqualTo("late-arrival version 4 becomes champion: "
                        + "challenger.log_loss 0.48 is <= 0.488 (champion.log_loss 0.49 - 0.002); "
                        + "log_loss increase of 2% in the worst origin, ATL (0.5 to 0.51), is <= 0.05");
    }

    @Test
    void namesTheWorstSliceOfAChallengerItTurnsAway() {
        GateVerdict verdict = judge(
                List.of(BETTER, NO_SLICE_WORSE),
                overall(CHALLENGER, 0.48),
                overall(CHAMPION, 0.49),
                slice(CHAMPION, "ATL", 0.50),
                slice(CHALLENGER, "ATL", 0.51),
                slice(CHAMPION, "ORD", 0.50),
                slice(CHALLENGER, "ORD", 0.60),
                slice(CHALLENGER, "ANC", 9.0));
        assertThat(verdict.accepted()).isFalse();
        assertThat(verdict.rules()).extracting(GateVerdict.RuleVerdict::holds).containsExactly(true, false);
        assertThat(verdict.explanation())
                .isEqualTo("late-arrival version 4 is turned away: "
                        + "log_loss increase of 20% in the worst origin, ORD (0.5 to 0.6), is not <= 0.05");
    }

    @Test
    void rulesThatCompareHoldWithoutAChampion() {
        GateRule good = new GateRule(
                "challenger.auc >= 0.6",
                new Sum(List.of(new SignedTerm(1, new Measured(CHALLENGER, "auc")))),
                Comparison.GREATER_OR_EQUAL,
                new Sum(List.of(new SignedTerm(1, new Constant(0.6)))));
        GateVerdict verdict = GateEvaluator.judge(
                List.of(BETTER, NO_SLICE_WORSE, good),
                challenger(),
                Optional.empty(),
                List.of(metric("auc", CHALLENGER, 0.65)));
        assertThat(verdict.accepted()).isTrue();
        assertThat(verdict.championVersion()).isEmpty();
        assertThat(verdict.explanation())
                .isEqualTo(
                        "late-arrival version 4 becomes champion: no champion to compare with; challenger.auc 0.65 is >= 0.6");
        GateVerdict poor = GateEvaluator.judge(
                List.of(BETTER, good), challenger(), Optional.empty(), List.of(metric("auc", CHALLENGER, 0.5)));
        assertThat(poor.accepted())
                .as("rules on the challenger alone still count")
                .isFalse();
    }

    @Test
    void whatWasNotReportedNeverPasses() {
        GateVerdict verdict = judge(List.of(BETTER, NO_SLICE_WORSE), overall(CHALLENGER, 0.1));
        assertThat(verdict.accepted()).isFalse();
        assertThat(verdict.rules().get(0).explanation())
                .isEqualTo("champion.log_loss was not reported by the training step");
        assertThat(verdict.rules().get(0).left()).contains(0.1);
        assertThat(verdict.rules().get(1).explanation())
                .isEqualTo("log_loss by origin was not reported for any slice of both champion and challenger");
    }

    @Test
    void aValueThatIsNoNumberNeverPasses() {
        assertThat(judge(List.of(BETTER), overall(CHALLENGER, Double.NaN), overall(CHAMPION, 0.49))
                        .accepted())
                .isFalse();
        assertThat(judge(
                                List.of(NO_SLICE_WORSE),
                                slice(CHAMPION, "ATL", 0.5),
                                slice(CHALLENGER, "ATL", Double.NaN),
                                slice(CHAMPION, "ORD", 0.5),
                                slice(CHALLENGER, "ORD", 0.5))
                        .accepted())
                .isFalse();
        assertThat(judge(List.of(NO_SLICE_WORSE), slice(CHAMPION, "ATL", 0), slice(CHALLENGER, "ATL", 0.5))
                        .accepted())
                .as("an increase from zero has no bound")
                .isFalse();
    }

    @Test
    void metricsOfOtherModelsAreNotMixedUp() {
        Metric other = new Metric(
                "log_loss",
                0.9,
                10,
                new Subject(Optional.empty(), Optional.of("fraud"), Optional.of(CHALLENGER), Optional.empty()));
        assertThat(judge(List.of(BETTER), overall(CHALLENGER, 0.48), overall(CHAMPION, 0.49), other)
                        .accepted())
                .isTrue();
    }

    private static GateVerdict judge(List<GateRule> rules, Metric... metrics) {
        return GateEvaluator.judge(rules, challenger(), Optional.of(version(3, ModelState.CHAMPION)), List.of(metrics));
    }

    private static ModelVersion challenger() {
        return version(4, ModelState.CHALLENGER);
    }

    private static ModelVersion version(int number, ModelState state) {
        return new ModelVersion(
                MODEL,
                number,
                state,
                "bundle",
                "",
                RunId.of("01900000-0000-7000-8000-000000000000"),
                new StepId("refit"));
    }

    private static Metric overall(ModelRole role, double value) {
        return metric("log_loss", role, value);
    }

    private static Metric metric(String name, ModelRole role, double value) {
        return new Metric(
                name, value, 100, new Subject(Optional.empty(), Optional.empty(), Optional.of(role), Optional.empty()));
    }

    private static Metric slice(ModelRole role, String origin, double value) {
        return new Metric(
                "log_loss",
                value,
                100,
                new Subject(
                        Optional.empty(),
                        Optional.of("late-arrival"),
                        Optional.of(role),
                        Optional.of(new Slice("origin", origin))));
    }
}
