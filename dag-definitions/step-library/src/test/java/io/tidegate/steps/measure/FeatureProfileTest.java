package io.tidegate.steps.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.steps.testing.SharedSpark;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FeatureProfileTest {
    private static List<Object> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> (Object) number).toList();
    }

    @Test
    void numbersAreCutIntoGroupsOfTheSameSize() {
        Histogram histogram = Histogram.of(numbers(0, 1000));
        assertThat(histogram.groupCounts()).hasSize(11).endsWith(0L);
        assertThat(histogram.groupCounts().subList(0, 10)).allMatch(count -> Math.abs(count - 100) <= 1);
    }

    @Test
    void fewValuesMakeFewGroupsAndMissingOnesOneOfTheirOwn() {
        Histogram histogram = Histogram.of(java.util.Arrays.asList(1, 1, 1, 2, null));
        assertThat(histogram.groupCounts()).containsExactly(3L, 1L, 1L);
        assertThat(Histogram.of(List.of(5, 5, 5)).groupCounts()).containsExactly(3L, 0L);
        assertThat(Histogram.of(List.of()).groupCounts()).containsExactly(0L, 0L);
    }

    @Test
    void rareAndNewCategoriesAreCountedTogether() {
        List<Object> values = new java.util.ArrayList<>(Collections.nCopies(500, "ATL"));
        values.addAll(Collections.nCopies(499, "ORD"));
        values.add("XXX");
        Histogram histogram = Histogram.of(values);
        assertThat(histogram.groupCounts()).containsExactly(500L, 499L, 1L, 0L);
        assertThat(histogram.recount(List.of("ORD", "NEW", "XXX")).groupCounts())
                .containsExactly(0L, 1L, 2L, 0L);
    }

    @Test
    void theStabilityIndexIsAsPublished() {
        assertThat(FeatureProfile.stabilityIndex(List.of(50L, 50L, 0L), List.of(500L, 500L, 0L)))
                .isZero();
        double expected = (0.75 - 0.5) * Math.log(0.75 / 0.5) + (0.25 - 0.5) * Math.log(0.25 / 0.5);
        assertThat(FeatureProfile.stabilityIndex(List.of(50L, 50L), List.of(75L, 25L)))
                .isCloseTo(expected, within(1e-12));
        assertThat(FeatureProfile.stabilityIndex(List.of(100L, 0L), List.of(50L, 50L)))
                .isFinite()
                .isPositive();
    }

    @Test
    void driftIsSmallForTheSameAndLargeForOtherData() {
        Dataset<Row> before = SharedSpark.session()
                .sql("SELECT rand(1) AS a, rand(2) AS b, CAST(id % 5 AS STRING) AS c FROM range(50000)");
        Dataset<Row> after = SharedSpark.session()
                .sql("SELECT rand(3) AS a, rand(4) * 0.5 AS b, CAST(id % 5 AS STRING) AS c FROM range(50000)");
        Map<String, Histogram> histograms = FeatureProfile.of(before, List.of("a", "b", "c"), 50_000);
        Map<String, Double> drift = FeatureProfile.drift(after, histograms, 50_000);
        assertThat(drift.get("a")).isLessThan(0.01);
        assertThat(drift.get("b")).isGreaterThan(0.25);
        assertThat(drift.get("c")).isLessThan(0.01);
        assertThat(FeatureProfile.drift(after, histograms, 50_000)).isEqualTo(drift);
    }

    @Test
    void histogramsSurviveJson() throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        for (Histogram histogram : List.of(Histogram.of(numbers(0, 50)), Histogram.of(List.of("a", "b", "a")))) {
            assertThat(json.readValue(json.writeValueAsString(histogram), Histogram.class))
                    .isEqualTo(histogram);
        }
    }
}
