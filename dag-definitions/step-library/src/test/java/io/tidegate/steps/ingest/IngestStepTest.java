package io.tidegate.steps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.testing.SharedSpark;
import io.tidegate.steps.testing.StepRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestStepTest {
    @TempDir
    private Path folder;

    private Path source;
    private Path partition;

    @BeforeEach
    void writeSource() {
        source = folder.resolve("source.parquet");
        partition = folder.resolve("raw").resolve("2001-01-08");
        // One row before, two in (the first instant, the last minute), one at the end of the interval.
        writeSource(
                "TIMESTAMP_NTZ'2001-01-07 23:59:00'",
                "TIMESTAMP_NTZ'2001-01-08 00:00:00'",
                "TIMESTAMP_NTZ'2001-01-14 23:59:00'",
                "TIMESTAMP_NTZ'2001-01-15 00:00:00'");
    }

    private void writeSource(String... times) {
        SharedSpark.session()
                .sql("SELECT * FROM VALUES (" + String.join(", 1), (", times) + ", 1) AS t(at, n)")
                .coalesce(1)
                .write()
                .mode("overwrite")
                .parquet(source.toString());
    }

    private StepRun ingest() {
        return new StepRun("ingest", folder)
                .set("source", "{'uri': '" + source + "', 'format': 'parquet', 'time_column': 'at'}")
                .output("raw_flights", partition)
                .run(new IngestStep());
    }

    private Path dataFile(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void landsTheRowsOfTheInterval() {
        StepRun run = ingest();
        List<String> landed =
                SharedSpark.session().read().parquet(partition.toString()).orderBy("at").collectAsList().stream()
                        .map(row -> row.get(0).toString())
                        .toList();
        assertThat(landed).containsExactly("2001-01-08T00:00", "2001-01-14T23:59");
        assertThat(run.metric("rows")).isEqualTo(2);
        assertThat(run.lines("dataset")).singleElement().satisfies(line -> {
            assertThat(line.path("direction").asText()).isEqualTo("write");
            assertThat(line.path("rows").asLong()).isEqualTo(2);
            assertThat(line.path("fingerprint").asText()).startsWith("sha256:");
        });
    }

    @Test
    void landingTheSameContentAgainChangesNothing() throws IOException {
        ingest();
        Path file = dataFile(partition);
        ingest();
        assertThat(dataFile(partition)).isEqualTo(file);
        assertThat(partition.getParent().toFile().list()).containsExactly("2001-01-08");
    }

    @Test
    void landingOtherContentFailsAndLeavesThePartitionAlone() throws IOException {
        ingest();
        Path file = dataFile(partition);
        byte[] before = Files.readAllBytes(file);
        writeSource("TIMESTAMP_NTZ'2001-01-09 00:00:00'");
        assertThatThrownBy(this::ingest)
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("has been landed before with other content: there are 2 rows")
                .hasMessageContaining("now came 1 rows");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(partition.getParent().toFile().list()).containsExactly("2001-01-08");
    }

    @Test
    void anIntervalWithoutRowsFails() {
        writeSource("TIMESTAMP_NTZ'2002-01-01 00:00:00'");
        assertThatThrownBy(this::ingest)
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("has no row whose at lies from 2001-01-08T00:00-05:00 to 2001-01-15T00:00-05:00");
        assertThat(partition).doesNotExist();
        assertThat(partition.getParent().toFile().list()).isEmpty();
    }

    @Test
    void aFileThatIsCutShortIsNamed() throws IOException {
        Path file = dataFile(source);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 20));
        assertThatThrownBy(this::ingest)
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("is cut short: it does not end with PAR1");
    }

    @Test
    void whatIsNoParquetOrNotThereIsNamed() throws IOException {
        Path file = dataFile(source);
        Files.writeString(file, "date,delay,origin\n2001-01-01,3,ORD\n");
        assertThatThrownBy(this::ingest).isInstanceOf(StepFailure.class).hasMessageContaining("is no parquet file");
        Files.delete(file);
        assertThatThrownBy(this::ingest).isInstanceOf(StepFailure.class).hasMessageContaining("holds no data file");
        source = folder.resolve("elsewhere.parquet");
        assertThatThrownBy(this::ingest)
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("elsewhere.parquet does not exist");
    }

    @Test
    void instantsAreHeldAgainstInstants() {
        // Midnight in New York is five o'clock in Greenwich.
        writeSource(
                "TIMESTAMP'2001-01-08 04:59:59Z'",
                "TIMESTAMP'2001-01-08 05:00:00Z'",
                "TIMESTAMP'2001-01-15 04:59:59Z'");
        assertThat(ingest().metric("rows")).isEqualTo(2);
    }

    @Test
    void aColumnThatTellsNoTimeIsRefused() {
        StepRun run = new StepRun("ingest", folder).output("raw_flights", partition);
        run.set("source", "{'uri': '" + source + "', 'format': 'parquet', 'time_column': 'n'}");
        assertThatThrownBy(() -> run.run(new IngestStep()))
                .hasMessageContaining("is of type int; time is told by a timestamp or a date");
        run.set("source", "{'uri': '" + source + "', 'format': 'parquet', 'time_column': 'when'}");
        assertThatThrownBy(() -> run.run(new IngestStep()))
                .hasMessageContaining("has no column 'when'")
                .hasMessageContaining("at, n");
    }
}
