package io.tidegate.dag.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RulesTest {
    @Test
    void aBoundHoldsOrDoesNot() {
        assertThat(new Bound(Comparison.LESS_OR_EQUAL, 0.02).holds(0.02)).isTrue();
        assertThat(new Bound(Comparison.LESS, 0.02).holds(0.02)).isFalse();
        assertThat(new Bound(Comparison.GREATER, 0.02).holds(0.03)).isTrue();
        assertThat(new Bound(Comparison.GREATER_OR_EQUAL, 0.02).holds(Double.NaN))
                .isFalse();
        assertThatThrownBy(() -> new Bound(Comparison.LESS, Double.NaN))
                .hasMessage("a bound must be a finite number, not NaN");
    }

    @Test
    void aRuleKnowsWhetherItNeedsAChampion() {
        GateRule.Sum challenger = sum(new GateRule.Measured(ModelRole.CHALLENGER, "auc"));

        assertThat(rule(challenger, sum(new GateRule.Constant(0.6))).comparesWithChampion())
                .isFalse();
        assertThat(rule(challenger, sum(new GateRule.Measured(ModelRole.CHAMPION, "auc")))
                        .comparesWithChampion())
                .isTrue();
        assertThat(rule(sum(new GateRule.WorstSliceIncrease("origin", "auc")), sum(new GateRule.Constant(0.05)))
                        .comparesWithChampion())
                .isTrue();
    }

    @Test
    void sensitivityCountsWithinWhatItLooksAt() {
        assertThatThrownBy(() -> new ThresholdRule.Sensitivity(3, 2, 0, 0))
                .hasMessage("sensitivity needs 1 <= breaches <= outOf and no negative number, not 3 of 2,"
                        + " minimum samples 0, cooldown 0");
    }

    private static GateRule rule(GateRule.Sum left, GateRule.Sum right) {
        return new GateRule("rule", left, Comparison.GREATER_OR_EQUAL, right);
    }

    private static GateRule.Sum sum(GateRule.Term term) {
        return new GateRule.Sum(List.of(new GateRule.SignedTerm(1, term)));
    }
}
