package io.tidegate.server.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The benchmark works; what it measures here means nothing. */
final class BenchTest {
    private static final BenchSizes TINY = new BenchSizes(1, 0, 3, 2, 5, 2, 40, 3);

    @Test
    void measuresEachWorkloadBesideItsLimit() throws Exception {
        List<BenchRow> rows = new ArrayList<>();
        try (BenchPlace place = BenchPlace.open(Optional.empty(), TestServer.installation(), line -> {})) {
            assertThatThrownBy(() -> Bench.run(List.of("w9"), place, TINY, rows::add))
                    .hasMessageContaining("there is no workload 'w9'; known are [W1a");
            Bench.run(List.of("w1b", "W2", "W4"), place, TINY, rows::add);
        }

        assertThat(rows).extracting(BenchRow::workload).contains("W1b", "W2", "W2 joins", "W4", "W4 latecomer");
        assertThat(rows).allMatch(row -> row.value() > 0);
        assertThat(row(rows, "W1b").ratio().orElseThrow()).isPositive();
        assertThat(row(rows, "W1b").goalText()).isEqualTo("<= 1.5 x limit");
        assertThat(row(rows, "W2 joins").held()).contains(true);
        assertThat(row(rows, "W4").goalText()).isEqualTo(">= 5000 steps/s");
    }

    private static BenchRow row(List<BenchRow> rows, String workload) {
        return rows.stream()
                .filter(row -> row.workload().equals(workload))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGoalIsAboutTheRatioWhereThereIsALimit() {
        assertThat(BenchRow.beside("x", 3, "ms", 2, BenchRow.Goal.atMost(1.5)).held())
                .contains(true);
        assertThat(BenchRow.beside("x", 3.1, "ms", 2, BenchRow.Goal.atMost(1.5)).held())
                .contains(false);
        assertThat(BenchRow.alone("x", 5_000, "steps/s", BenchRow.Goal.atLeast(5_000))
                        .held())
                .contains(true);
        assertThat(BenchRow.alone("x", 1, "bytes", Optional.empty()).held()).isEmpty();
    }
}
