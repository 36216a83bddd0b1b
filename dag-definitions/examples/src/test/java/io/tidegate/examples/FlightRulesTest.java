package io.tidegate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.steps.cleanse.Cleansing;
import io.tidegate.steps.cleanse.CleansingCounts;
import io.tidegate.steps.cleanse.RulesFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The rules of the demo, on the file of hand-made corrupt rows, each of which says what is to become of it. */
class FlightRulesTest {
    private static final Path FOLDER = Path.of("late-arrivals");

    private static Cleansing.Cleansed cleansed() {
        Dataset<Row> corrupt = SharedSpark.session()
                .read()
                .option("header", "true")
                .csv(FOLDER.resolve("corrupt-flights.csv").toString());
        return Cleansing.apply(corrupt, RulesFile.read(FOLDER.resolve("rules/flights.yaml")));
    }

    @Test
    void everyCorruptRowIsRejectedByTheRuleThatIsMeantForIt() {
        try (Cleansing.Cleansed cleansed = cleansed()) {
            List<Row> rejected = cleansed.rejected()
                    .select("expected", Cleansing.REJECTED_BY)
                    .collectAsList();
            assertThat(rejected)
                    .hasSize(17)
                    .allSatisfy(row -> assertThat(row.getString(1)).isEqualTo(row.getString(0)));
            assertThat(cleansed.clean().select("expected").collectAsList().stream()
                            .map(row -> row.getString(0)))
                    .containsExactlyInAnyOrder("clean", "clean", "clean", "clean", "one of two");
        }
    }

    @Test
    void whatCanBeMendedIsMendedAndEveryColumnHasItsType() {
        try (Cleansing.Cleansed cleansed = cleansed()) {
            assertThat(cleansed.clean().drop("expected").schema()).isEqualTo(Flights.SCHEMA);
            List<String> airports =
                    cleansed.clean().where("delay = -18").select("origin", "destination").collectAsList().stream()
                            .map(Row::toString)
                            .toList();
            assertThat(airports).containsExactly("[LAS,PHL]");
        }
    }

    @Test
    void countsAreByRule() {
        try (Cleansing.Cleansed cleansed = cleansed()) {
            CleansingCounts counts = cleansed.counts();
            assertThat(counts.read()).isEqualTo(23);
            assertThat(counts.clean()).isEqualTo(5);
            assertThat(counts.dropped()).isEqualTo(1);
            assertThat(counts.rules().stream()
                            .collect(Collectors.toMap(rule -> rule.rule().name(), CleansingCounts.OfRule::broken)))
                    .containsEntry("delay_plausible", 3L)
                    .containsEntry("distance_plausible", 3L)
                    .containsEntry("origin_known", 2L)
                    .containsEntry("destination_known", 2L)
                    .containsEntry("not_told_twice", 1L);
            assertThat(counts.rules().stream()
                            .mapToLong(CleansingCounts.OfRule::mended)
                            .sum())
                    .isEqualTo(2);
        }
    }
}
