package io.tidegate.steps.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.steps.testing.SharedSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ContentFingerprintTest {
    private static final String ROWS =
            "SELECT * FROM VALUES (1L, 'a'), (2L, CAST(NULL AS STRING)), (2L, 'c') AS t(n, s)";

    private static Dataset<Row> sql(String text) {
        return SharedSpark.session().sql(text);
    }

    private static String fingerprint(String text) {
        return ContentFingerprint.of(sql(text)).fingerprint();
    }

    @Test
    void orderPartitionsAndColumnOrderDoNotMatter() {
        String expected = fingerprint(ROWS);
        assertThat(ContentFingerprint.of(sql(ROWS).repartition(3).orderBy("s")).fingerprint())
                .isEqualTo(expected);
        assertThat(fingerprint("SELECT s, n FROM (" + ROWS + ")")).isEqualTo(expected);
        assertThat(ContentFingerprint.of(sql(ROWS)).rows()).isEqualTo(3);
    }

    @Test
    void everyOtherDifferenceShows() {
        assertThat(fingerprint(ROWS))
                .isNotEqualTo(fingerprint(ROWS + " WHERE n < 2"))
                .isNotEqualTo(fingerprint(ROWS + " UNION ALL " + ROWS))
                .isNotEqualTo(fingerprint("SELECT n, upper(s) AS s FROM (" + ROWS + ")"))
                .isNotEqualTo(fingerprint("SELECT n, s AS other FROM (" + ROWS + ")"))
                .isNotEqualTo(fingerprint("SELECT CAST(n AS INT) AS n, s FROM (" + ROWS + ")"));
    }

    @Test
    void aMissingValueIsNotItsNeighbour() {
        String left = "SELECT CAST(NULL AS INT) AS a, 1 AS b";
        String right = "SELECT 1 AS a, CAST(NULL AS INT) AS b";
        assertThat(fingerprint(left)).isNotEqualTo(fingerprint(right));
    }

    @Test
    void noRowsHaveAFingerprintToo() {
        assertThat(fingerprint(ROWS + " WHERE n > 9")).startsWith("sha256:").hasSize(7 + 64);
    }

    /** Fingerprints are kept for ever: a change of the formula must be noticed. */
    @Test
    void theFormulaStays() {
        assertThat(fingerprint("SELECT 1L AS n, 'a' AS s"))
                .isEqualTo("sha256:0dd3ad86ad4146fcc7728964dbc3afb336dec5f9aa56418677b19c84f02967a7");
    }
}
