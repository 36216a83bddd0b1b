package io.tidegate.dag.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {
    private static final List<String> FIELDS = List.of("retries", "timeout", "needs", "inputs", "outputs");

    @ParameterizedTest
    @CsvSource({"retires,retries", "timout,timeout", "need,needs", "output,outputs", "Inputs,inputs", "imputs,inputs"})
    void findsWhatASlipOfTheHandMeant(String written, String meant) {
        assertThat(NearestName.of(written, FIELDS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"schedule", "x", "retriesandmoreofthem"})
    void guessesNothingFromAfar(String written) {
        assertThat(NearestName.of(written, FIELDS)).isEmpty();
    }

    @Test
    void prefersTheNearerAndThenTheFirstInTheAlphabet() {
        assertThat(NearestName.of("feature", List.of("features", "fixture"))).contains("features");
        assertThat(NearestName.of("cat", List.of("hat", "bat"))).contains("bat");
    }

    @Test
    void isNotSlowedByAnEndlessName() {
        assertThat(NearestName.of("x".repeat(3_000_000), FIELDS)).isEmpty();
    }
}
