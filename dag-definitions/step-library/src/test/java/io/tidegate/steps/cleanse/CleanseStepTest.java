package io.tidegate.steps.cleanse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.testing.SharedSpark;
import io.tidegate.steps.testing.StepRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanseStepTest {
    @TempDir
    private Path folder;

    private Path raw;
    private Path clean;
    private Path rejected;

    @BeforeEach
    void writeRaw() {
        raw = folder.resolve("raw");
        clean = folder.resolve("clean");
        rejected = folder.resolve("rejected");
        SharedSpark.session()
                .sql("SELECT id AS n, if(id % 10 = 0, NULL, 'x') AS s FROM range(100)")
                .write()
                .parquet(raw.toString());
    }

    private StepRun cleanse(String rules, String quality) throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), "rules:\n" + rules);
        return new StepRun("cleanse", folder)
                .set("rules", "'rules.yaml'")
                .set("quality", quality)
                .input("raw", raw)
                .output("clean", clean)
                .output("rejected", rejected);
    }

    private static long rows(Path partition) {
        return SharedSpark.session().read().parquet(partition.toString()).count();
    }

    @Test
    void writesCleanAndRejectedRowsAndCountsByRule() throws IOException {
        StepRun run = cleanse(
                        "  - { name: present, column: s, required: true, fail_beyond: 50% }",
                        "{'rejected_share': '<= 0.1'}")
                .run(new CleanseStep());
        assertThat(rows(clean)).isEqualTo(90);
        assertThat(rows(rejected)).isEqualTo(10);
        assertThat(run.metric("rejected_share")).isEqualTo(0.1);
        assertThat(run.metric("rows_read")).isEqualTo(100);
        assertThat(run.slice("rows_broken", "present")).isEqualTo(10);
        assertThat(run.lines("dataset"))
                .extracting(line -> line.path("direction").asText() + " "
                        + line.path("dataset").asText())
                .containsExactly("read raw", "write rejected", "write clean");
    }

    @Test
    void aBrokenQualityBoundFailsWithItsReadingAndKeepsTheRejectedRows() throws IOException {
        StepRun run = cleanse("  - { name: present, column: s, required: true }", "{'rejected_share': '<= 0.02'}");
        assertThatThrownBy(() -> run.run(new CleanseStep()))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("'rejected_share <= 0.02' does not hold: it is 0.1000 (10 of 100 rows")
                .hasMessageContaining("present 10");
        assertThat(clean).doesNotExist();
        assertThat(rows(rejected)).isEqualTo(10);
        assertThat(run.metric("rejected_share")).isEqualTo(0.1);
    }

    @Test
    void aRuleBrokenTooOftenFails() throws IOException {
        StepRun run = cleanse("  - { name: present, column: s, required: true, fail_beyond: 5% }", "{}");
        assertThatThrownBy(() -> run.run(new CleanseStep()))
                .hasMessageContaining("present is broken by 10 of 100 rows (10.00 %), allowed are 5.00 %");
    }

    @Test
    void aQuarantineNeedsAnOutput() throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), "rules:\n  - { name: present, column: s, required: true }");
        StepRun run = new StepRun("cleanse", folder)
                .set("rules", "'rules.yaml'")
                .input("raw", raw)
                .output("clean", clean);
        assertThatThrownBy(() -> run.run(new CleanseStep())).hasMessageContaining("has no second output");
    }

    @Test
    void runningAgainReplacesTheOutputs() throws IOException {
        cleanse("  - { name: present, column: s, required: true }", "{}").run(new CleanseStep());
        cleanse("  - { name: small, column: n, range: [0, 49] }", "{}")
                .launchKey("second")
                .run(new CleanseStep());
        assertThat(rows(clean)).isEqualTo(50);
        assertThat(folder.toFile().list((parent, name) -> name.startsWith("."))).isEmpty();
    }
}
