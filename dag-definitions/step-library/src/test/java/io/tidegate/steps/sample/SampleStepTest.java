package io.tidegate.steps.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.testing.SharedSpark;
import io.tidegate.steps.testing.StepRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleStepTest {
    @TempDir
    private Path folder;

    private Path written;

    @BeforeEach
    void write() {
        written = folder.resolve("written.parquet");
        SharedSpark.session().sql("""
            SELECT * FROM VALUES
              ('ORD', 3, 0.25D, DATE '2001-01-08', CAST(1.50 AS DECIMAL(5, 2))),
              ('ATL', 1, 0.5D, DATE '2001-01-09', CAST(2 AS DECIMAL(5, 2))),
              ('ATL', 1, 0.75D, DATE '2001-01-09', NULL)
            AS rows (origin, late, share, day, price)\
            """).coalesce(1).write().parquet(written.toString());
    }

    private String file(String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                    .toString();
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    private JsonNode compare(String expectation) {
        StepRun run = new StepRun("sample", folder)
                .set(
                        "sample",
                        "{'compare': [{'dataset': 'flights', 'actual': '" + written + "', 'actual_format': 'parquet', "
                                + expectation + "}]}")
                .run(new SampleStep());
        return run.lines("output").get(0).path("value").path("flights");
    }

    private JsonNode compareWith(String file, String more) {
        return compare("'expected': '" + file + "', 'tolerance': 0.001, 'ordered': false" + more);
    }

    @Test
    void rowsAreTheSameInAnyOrderAndWithinTheTolerance() {
        String csv = file(
                "same.csv",
                "origin,late,share,day,price",
                "ATL,1,0.7501,2001-01-09,",
                "ATL,1,0.5,2001-01-09,2.0",
                "ORD,3,0.25,2001-01-08,1.5");
        assertThat(compareWith(csv, "").isMissingNode()).isTrue();
        String json = file(
                "same.json",
                "{\"origin\":\"ORD\",\"share\":0.25}",
                "{\"origin\":\"ATL\",\"share\":0.5}",
                "{\"origin\":\"ATL\",\"share\":0.75}");
        assertThat(compareWith(json, "").isMissingNode()).isTrue();
        assertThat(compareWith(written.toString(), ", 'rows': 3").isMissingNode())
                .isTrue();
    }

    @Test
    void rowsThatDifferAreShownOnBothSides() {
        String csv = file("other.csv", "origin,share", "ORD,0.26", "ATL,0.5", "ATL,0.75", "ATL,0.75");

        JsonNode difference = compareWith(csv, "");

        assertThat(difference.path("expected"))
                .extracting(JsonNode::asText)
                .containsExactly("origin=ORD, share=0.26", "origin=ATL, share=0.75");
        assertThat(difference.path("actual")).extracting(JsonNode::asText).containsExactly("origin=ORD, share=0.25");
    }

    @Test
    void theOrderCountsWhereItIsAskedFor() {
        String csv = file("order.csv", "origin,share", "ATL,0.5", "ORD,0.25", "ATL,0.75");

        JsonNode difference = compare("'expected': '" + csv + "', 'tolerance': 0, 'ordered': true");

        assertThat(difference.path("actual"))
                .extracting(JsonNode::asText)
                .containsExactly("origin=ORD, share=0.25", "origin=ATL, share=0.5");
    }

    @Test
    void columnsAndTypesAreCompared() {
        String csv = file("types.csv", "origin,late,delay", "ORD,3,1");

        JsonNode difference = compareWith(csv, ", 'types': {'late': 'bigint'}");

        assertThat(difference.path("expected"))
                .extracting(JsonNode::asText)
                .containsExactly("column late: bigint", "column delay: any type");
        assertThat(difference.path("actual"))
                .extracting(JsonNode::asText)
                .containsExactly("column late: int", "no column delay, but origin, late, share, day, price");
    }

    @Test
    void numbersOfRowsAndEmptyPlacesAreTold() {
        assertThat(compare("'rows': 4").path("actual").get(0).asText()).isEqualTo("3 rows");
        written = folder.resolve("nowhere");
        assertThat(compare("'rows': 4").path("actual").get(0).asText()).isEqualTo("nothing is there");
    }

    @Test
    void sampleRowsAreLaidOutInTheFormatOfTheirDataset() {
        String csv = file("given.csv", "origin,late,at", "ORD,03,2001-01-08 06:00:00", "ATL,1,");
        Path target = folder.resolve("landed");

        new StepRun("sample", folder)
                .set(
                        "sample",
                        "{'land': [{'from': '" + csv + "', 'types': {'late': 'string'}, 'to': '" + target
                                + "', 'to_format': 'parquet'}]}")
                .run(new SampleStep());

        var rows = SharedSpark.session().read().parquet(target.toString());
        assertThat(rows.schema().simpleString()).isEqualTo("struct<origin:string,late:string,at:timestamp>");
        assertThat(rows.first().getString(1)).isEqualTo("03");
        assertThat(rows.filter("at IS NULL").count()).isEqualTo(1);
    }

    @Test
    void mistakesInTypesAreTold() {
        String csv = file("given.csv", "origin,late", "ORD,many");
        for (String types : new String[] {"{'late': 'number'}", "{'lat': 'int'}"}) {
            StepRun run = new StepRun("sample", folder)
                    .set(
                            "sample",
                            "{'land': [{'from': '" + csv + "', 'types': " + types + ", 'to': '"
                                    + folder.resolve("landed") + "', 'to_format': 'parquet'}]}");
            assertThatThrownBy(() -> run.run(new SampleStep())).isInstanceOf(StepFailure.class);
        }
    }
}
