package io.tidegate.steps.cleanse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.steps.testing.SharedSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CleansingTest {
    private static List<Rule> rules(String... lines) {
        return RulesFile.parse("rules:\n  - " + String.join("\n  - ", lines) + "\n", Path.of("test.yaml"));
    }

    private static Dataset<Row> rows(String values, String columns) {
        return SharedSpark.session().sql("SELECT * FROM VALUES " + values + " AS t(" + columns + ")");
    }

    private static List<String> texts(Dataset<Row> frame) {
        return frame.collectAsList().stream().map(Row::toString).sorted().toList();
    }

    @Test
    void typesTextAndMendsWhatItCan() {
        try (Cleansing.Cleansed cleansed = Cleansing.apply(
                rows("('12'), (' 7 '), ('x'), ('1.5'), (NULL)", "n"),
                rules("{ name: whole, column: n, type: integer, fix: trim }"))) {
            assertThat(texts(cleansed.clean())).containsExactly("[12]", "[7]", "[null]");
            assertThat(cleansed.clean().schema().apply("n").dataType().simpleString())
                    .isEqualTo("bigint");
            assertThat(texts(cleansed.rejected())).allMatch(row -> row.endsWith("whole,ArraySeq(whole)]"));
            assertThat(cleansed.counts().rules().get(0).broken()).isEqualTo(2);
        }
    }

    @Test
    void aFractionIsNoWholeNumber() {
        try (Cleansing.Cleansed cleansed =
                Cleansing.apply(rows("(1.0D), (1.5D)", "n"), rules("{ name: whole, column: n, type: integer }"))) {
            assertThat(texts(cleansed.clean())).containsExactly("[1]");
        }
    }

    @Test
    void rangesClampOrReject() {
        try (Cleansing.Cleansed cleansed = Cleansing.apply(
                rows("(-5, 5), (50, 50), (500, 500)", "a, b"),
                rules(
                        "{ name: held, column: a, range: [0, 100], fix: clamp }",
                        "{ name: small, column: b, range: [null, 100] }"))) {
            assertThat(texts(cleansed.clean())).containsExactly("[0,5]", "[50,50]");
            assertThat(texts(cleansed.rejected())).containsExactly("[500,500,small,ArraySeq(small)]");
            assertThat(cleansed.counts().rules().get(0).mended()).isEqualTo(2);
            assertThat(cleansed.counts().rules().get(0).broken()).isZero();
        }
    }

    @Test
    void rangesOfTimes() {
        try (Cleansing.Cleansed cleansed = Cleansing.apply(
                rows("(TIMESTAMP_NTZ'2001-01-01 00:00:00'), (TIMESTAMP_NTZ'2000-12-31 23:59:59')", "at"),
                rules("{ name: this_century, column: at, range: [2001-01-01, null] }"))) {
            assertThat(cleansed.counts().clean()).isEqualTo(1);
        }
        assertThatThrownBy(() -> Cleansing.apply(
                        rows("(DATE'2001-01-01')", "at"), rules("{ name: r, column: at, range: [soon, null] }")))
                .hasMessageContaining("the rule r holds the column at, of type date, against 'soon', which is none");
    }

    @Test
    void codesAndFormsAreMendedOrReplaced() {
        try (Cleansing.Cleansed cleansed = Cleansing.apply(
                rows("(' ord', 'a1'), ('ATL', '?')", "code, form"),
                rules(
                        "{ name: upper, column: code, matches: '[A-Z]{3}', fix: [trim, upper] }",
                        "{ name: form, column: form, matches: '[a-z][0-9]', fix: { value: none } }"))) {
            // A replacement that breaks the rule itself does not mend.
            assertThat(texts(cleansed.clean())).containsExactly("[ORD,a1]");
            assertThat(texts(cleansed.rejected())).containsExactly("[ATL,?,form,ArraySeq(form)]");
        }
    }

    @Test
    void theFirstRuleDecidesAndTheOriginalValuesAreKept() {
        try (Cleansing.Cleansed cleansed = Cleansing.apply(
                rows("('-9', NULL), ('1', 'x'), ('-8', 'y')", "n, s"),
                rules(
                        "{ name: present, column: s, required: true }",
                        "{ name: number, column: n, type: integer }",
                        "{ name: positive, column: n, range: [0, null], otherwise: drop }"))) {
            assertThat(texts(cleansed.clean())).containsExactly("[1,x]");
            assertThat(texts(cleansed.rejected())).containsExactly("[-9,null,present,ArraySeq(present, positive)]");
            CleansingCounts counts = cleansed.counts();
            assertThat(List.of(counts.read(), counts.clean(), counts.quarantined(), counts.dropped()))
                    .containsExactly(3L, 1L, 1L, 1L);
            assertThat(counts.rejectedShare()).isEqualTo(2 / 3.0);
            assertThat(counts.worst()).isEqualTo("positive 2, present 1");
        }
    }

    @Test
    void ofDuplicatesAGoodOneStays() {
        try (Cleansing.Cleansed cleansed = Cleansing.apply(
                rows("(1, 'a', 5), (1, 'a', -5), (1, 'a', 7), (2, 'b', 1)", "id, s, n"),
                rules(
                        "{ name: positive, column: n, range: [0, null] }",
                        "{ name: once, unique: [id, s], otherwise: drop }"))) {
            assertThat(cleansed.clean().select("id").collectAsList().stream()
                            .map(row -> row.getInt(0))
                            .sorted()
                            .toList())
                    .containsExactly(1, 2);
            assertThat(cleansed.counts().dropped()).isEqualTo(1);
            assertThat(texts(cleansed.clean())).isEqualTo(texts(cleansed.clean()));
        }
    }

    @Test
    void aRuleAboutAColumnThatIsNotThereSaysSo() {
        assertThatThrownBy(() -> Cleansing.apply(
                        rows("(1, 2)", "delay, origin"), rules("{ name: r, column: dealy, required: true }")))
                .hasMessageContaining(
                        "the rule r is about the column 'dealy', which the data does not have; did you mean 'delay'?");
    }
}
