package io.tidegate.steps.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.testing.SharedSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BinaryEvaluationTest {
    private static BinaryEvaluation of(String values) {
        return BinaryEvaluation.of(frame(values), "late", "p");
    }

    private static Dataset<Row> frame(String values) {
        return SharedSpark.session().sql("SELECT * FROM VALUES " + values + " AS t(late, p)");
    }

    @Test
    void agreesWithNumbersWorkedOutByHand() {
        BinaryEvaluation evaluation = of("(1, 0.8D), (0, 0.4D), (1, 0.4D), (0, 0.1D)");
        double loss = -(Math.log(0.8) + Math.log(0.6) + Math.log(0.4) + Math.log(0.9)) / 4;
        assertThat(evaluation.logLoss()).isCloseTo(loss, within(1e-8));
        // Four pairs: three won, one tie.
        assertThat(evaluation.areaUnderCurve()).hasValue(3.5 / 4);
        assertThat(evaluation.positiveShare()).isEqualTo(0.5);
        assertThat(evaluation.predictedShare()).isCloseTo(1.7 / 4, within(1e-8));
        assertThat(evaluation.logLossOf(0.25)).isCloseTo(-(Math.log(0.25) + Math.log(0.75)) / 2, within(1e-12));
    }

    @Test
    void calibrationIsTheDistanceBetweenPromiseAndOutcome() {
        Dataset<Row> promised =
                SharedSpark.session().sql("SELECT if(id % 10 < 3, 1, 0) AS late, 0.3D AS p FROM range(1000)");
        assertThat(BinaryEvaluation.of(promised, "late", "p").calibrationError())
                .isCloseTo(0, within(1e-8));
        Dataset<Row> tooMuch = promised.selectExpr("late", "0.5D AS p");
        assertThat(BinaryEvaluation.of(tooMuch, "late", "p").calibrationError()).isCloseTo(0.2, within(1e-8));
    }

    @Test
    void certaintyThatIsWrongIsFinite() {
        assertThat(of("(1, 0.0D), (0, 0.0D)").logLoss()).isCloseTo(-Math.log(1e-15) / 2, within(1e-6));
    }

    @Test
    void oneLabelAloneHasNoCurve() {
        assertThat(of("(0, 0.1D), (0, 0.7D)").areaUnderCurve()).isEmpty();
    }

    @Test
    void theSameRowsGiveTheSameNumbersHoweverTheyAreSpread() {
        Dataset<Row> rows = SharedSpark.session()
                .sql("SELECT CAST(rand(7) < 0.3 AS INT) AS late, rand(8) AS p, id % 3 AS third FROM range(20000)");
        BinaryEvaluation one = BinaryEvaluation.of(rows.coalesce(1), "late", "p");
        BinaryEvaluation many = BinaryEvaluation.of(rows.coalesce(1).repartition(7), "late", "p");
        assertThat(List.of(
                        many.logLoss(),
                        many.calibrationError(),
                        many.areaUnderCurve().orElseThrow()))
                .isEqualTo(List.of(
                        one.logLoss(),
                        one.calibrationError(),
                        one.areaUnderCurve().orElseThrow()));
    }

    @Test
    void missingRowsAndValuesAreRefused() {
        assertThatThrownBy(() -> BinaryEvaluation.of(frame("(1, 0.5D)").where("p > 1"), "late", "p"))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("no rows to measure");
        assertThatThrownBy(() -> of("(1, 0.5D), (CAST(NULL AS INT), 0.5D)"))
                .hasMessageContaining("lack their 'late' or their 'p'");
        assertThatThrownBy(() -> of("(1, 0.5D), (1, CAST(NULL AS DOUBLE))")).hasMessageContaining("lack their");
    }

    @Test
    void slicesWithEnoughRowsAreTold() {
        Dataset<Row> rows = SharedSpark.session()
                .sql("SELECT 1 AS late, if(id < 30, 'ATL', 'ORD') AS origin, 0.5D AS p, 0.25D AS q FROM range(40)");
        assertThat(SliceLosses.of(rows, "origin", 20, "late", List.of("p", "q")))
                .singleElement()
                .satisfies(slice -> {
                    assertThat(slice.value()).isEqualTo("ATL");
                    assertThat(slice.rows()).isEqualTo(30);
                    assertThat(slice.logLosses().get(0)).isCloseTo(Math.log(2), within(1e-8));
                    assertThat(slice.logLosses().get(1)).isCloseTo(Math.log(4), within(1e-8));
                });
    }
}
