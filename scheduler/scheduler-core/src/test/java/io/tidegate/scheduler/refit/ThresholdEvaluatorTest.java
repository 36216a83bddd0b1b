package io.tidegate.scheduler.refit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.model.Bound;
import io.tidegate.dag.model.Comparison;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.model.OpenCondition.Mode;
import io.tidegate.dag.model.ThresholdRule;
import io.tidegate.dag.model.ThresholdRule.Aggregate;
import io.tidegate.dag.model.ThresholdRule.Sensitivity;
import io.tidegate.scheduler.store.ResolutionReads.MetricPoint;
import io.tidegate.scheduler.threshold.ThresholdReading;
import io.tidegate.scheduler.threshold.ThresholdReading.Point;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdEvaluatorTest {
    private static final LocalDate FIRST_WEEK = LocalDate.of(2001, 1, 1);
    private static final long SAMPLES = 20_000;

    @Test
    void opensWhenTwoOfTheLastThreeWindowsBreach() {
        ThresholdReading reading = read(rule(3, new Sensitivity(2, 3, 10_000, 0)), 0.50, 0.51, 0.51, 0.56, 0.53);
        assertThat(reading.open()).isTrue();
        assertThat(reading.explanation())
                .isEqualTo(
                        "log_loss mean over 3 intervals was 0.5067, 0.5267, 0.5333 (> 0.52 in 2 of the last 3): refit");
        assertThat(reading.rules().get(0).points())
                .extracting(Point::partition, Point::breach)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2001-01-15", false),
                        org.assertj.core.groups.Tuple.tuple("2001-01-22", true),
                        org.assertj.core.groups.Tuple.tuple("2001-01-29", true));
        assertThat(reading.rules().get(0).value())
                .hasValueSatisfying(value -> assertThat(value).isCloseTo(0.5333, within()));
    }

    @Test
    void staysShutWithTheNumberThatDecided() {
        assertThat(read(rule(1, Sensitivity.EVERY_BREACH), 0.498).explanation())
                .isEqualTo("stays shut: log_loss 0.498 is not > 0.52");
        assertThat(read(rule(1, new Sensitivity(2, 3, 0, 0)), 0.51, 0.51, 0.53).explanation())
                .isEqualTo("stays shut: log_loss was 0.51, 0.51, 0.53 (> 0.52 in 1 of the last 3, 2 needed)");
    }

    @Test
    void waitsForAFullWindow() {
        ThresholdReading reading = read(rule(3, Sensitivity.EVERY_BREACH), 0.9, 0.9);
        assertThat(reading.open()).isFalse();
        assertThat(reading.explanation()).isEqualTo("stays shut: log_loss has 2 of the 3 intervals it is read over");
        assertThat(read(rule(1, Sensitivity.EVERY_BREACH)).explanation())
                .isEqualTo("stays shut: log_loss has not been reported yet");
    }

    @Test
    void staysFiredUntilTheClearLevelIsReached() {
        ThresholdRule rule = rule(1, Sensitivity.EVERY_BREACH);
        ThresholdReading held = read(rule, 0.53, 0.51);
        assertThat(held.open()).isTrue();
        assertThat(held.explanation()).isEqualTo("log_loss 0.51 has not come back to < 0.5 since it was > 0.52: refit");
        assertThat(read(rule, 0.53, 0.49).open()).isFalse();
        assertThat(read(rule, 0.53, 0.49, 0.51).open())
                .as("between the levels after it was cleared")
                .isFalse();
    }

    @Test
    void aClearedReadingEndsTheFiringThoughEarlierOnesBreached() {
        ThresholdReading reading = read(rule(1, new Sensitivity(2, 3, 0, 0)), 0.53, 0.54, 0.49);
        assertThat(reading.open()).isFalse();
        assertThat(reading.explanation()).isEqualTo("stays shut: log_loss 0.49 is < 0.5 again");
    }

    @Test
    void aTrainingWithinTheCooldownKeepsItShut() {
        ThresholdRule rule = rule(1, new Sensitivity(1, 1, 0, 3));
        double[] values = {0.6, 0.6, 0.6, 0.6, 0.6};
        ThresholdReading third = readAfterTraining(rule, week(1), values);
        assertThat(third.open())
                .as("third evaluated interval after the training")
                .isFalse();
        assertThat(third.explanation())
                .isEqualTo(
                        "stays shut: log_loss 0.6 is > 0.52, but the last training was 3 intervals ago, within the cooldown of 3");
        assertThat(readAfterTraining(rule, week(0), values).open()).as("fourth").isTrue();
    }

    @Test
    void valuesThatAreNoNumbersOrRestOnTooFewRowsDoNotCount() {
        ThresholdRule rule = rule(2, new Sensitivity(1, 1, 10_000, 0));
        List<MetricPoint> history = new ArrayList<>(history(0.6, Double.NaN, Double.POSITIVE_INFINITY));
        history.add(new MetricPoint("2001-01-22", week(3), 0.6, 9_999));
        ThresholdReading reading = read(rule, history, Optional.empty());
        assertThat(reading.open()).isFalse();
        assertThat(reading.explanation())
                .isEqualTo(
                        "stays shut: log_loss has 1 of the 2 intervals it is read over; 3 did not count, being no number or resting on fewer than 10000 samples");
    }

    @Test
    void laterIntervalsAreNotLookedAt() {
        ModelFacts facts = new ModelFacts(
                new ModelName("late-arrival"), true, Map.of("log_loss", history(0.4, 0.9)), Optional.empty(), week(0));
        assertThat(ThresholdEvaluator.read(condition(Mode.ANY, rule(1, Sensitivity.EVERY_BREACH)), facts)
                        .open())
                .isFalse();
    }

    @Test
    void opensWithoutAChampion() {
        ModelFacts facts = new ModelFacts(new ModelName("late-arrival"), false, Map.of(), Optional.empty(), week(0));
        ThresholdReading any = ThresholdEvaluator.read(condition(Mode.ANY, rule(1, Sensitivity.EVERY_BREACH)), facts);
        assertThat(any.open()).isTrue();
        assertThat(any.explanation()).isEqualTo("late-arrival has no champion yet: refit");
        ThresholdReading all = ThresholdEvaluator.read(condition(Mode.ALL, rule(1, Sensitivity.EVERY_BREACH)), facts);
        assertThat(all.open()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Aggregate.class)
    void everyAggregateReadsTheWholeWindow(Aggregate aggregate) {
        ThresholdRule rule = new ThresholdRule(
                "log_loss",
                aggregate,
                3,
                new Bound(Comparison.GREATER, 0.52),
                new Bound(Comparison.LESS, 0.5),
                Sensitivity.EVERY_BREACH);
        double expected = switch (aggregate) {
            case MEAN -> 0.5;
            case MAXIMUM -> 0.6;
            case MINIMUM -> 0.4;
            case LAST -> 0.5;
        };
        assertThat(read(rule, 0.6, 0.4, 0.5).rules().get(0).value())
                .hasValueSatisfying(value -> assertThat(value).isCloseTo(expected, within()));
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-4);
    }

    private static ThresholdRule rule(int window, Sensitivity sensitivity) {
        return new ThresholdRule(
                "log_loss",
                Aggregate.MEAN,
                window,
                new Bound(Comparison.GREATER, 0.52),
                new Bound(Comparison.LESS, 0.5),
                sensitivity);
    }

    private static OpenCondition condition(Mode mode, ThresholdRule rule) {
        return new OpenCondition(mode, List.of(new OpenCondition.NoChampion(), new OpenCondition.Threshold(rule)));
    }

    private static ThresholdReading read(ThresholdRule rule, double... values) {
        return read(rule, history(values), Optional.empty());
    }

    private static ThresholdReading readAfterTraining(ThresholdRule rule, Instant training, double... values) {
        return read(rule, history(values), Optional.of(training));
    }

    private static ThresholdReading read(ThresholdRule rule, List<MetricPoint> history, Optional<Instant> training) {
        ModelFacts facts = new ModelFacts(
                new ModelName("late-arrival"), true, Map.of("log_loss", history), training, week(history.size()));
        return ThresholdEvaluator.read(new OpenCondition(Mode.ANY, List.of(new OpenCondition.Threshold(rule))), facts);
    }

    private static List<MetricPoint> history(double... values) {
        List<MetricPoint> points = new ArrayList<>();
        for (int index = 0; index < values.length; index++) {
            points.add(new MetricPoint(FIRST_WEEK.plusWeeks(index).toString(), week(index), values[index], SAMPLES));
        }
        return points;
    }

    private static Instant week(int index) {
        return FIRST_WEEK.plusWeeks(index).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
