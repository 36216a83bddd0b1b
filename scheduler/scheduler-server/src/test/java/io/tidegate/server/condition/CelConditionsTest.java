package io.tidegate.server.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.resolve.StepConditions.Facts;
import io.tidegate.scheduler.resolve.StepConditions.Reads;
import io.tidegate.scheduler.resolve.StepConditions.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conditions can ask of a run and of earlier steps. */
final class CelConditionsTest {
    private static final StepId LOAD = new StepId("load");
    private static final StepId COUNT = new StepId("count-rows");
    private static final StepId SCORE = new StepId("score");

    private final CelConditions conditions = new CelConditions();

    private static DagGraph dag(String condition) {
        return DagParser.parse("test.dag.yaml", """
            dag: test
            schedule: { cron: "0 0 * * *", zone: UTC, start: 2001-01-01 }
            params:
              least: { type: integer, default: 10 }
              share: { type: number, default: 0.5 }
              strict: { type: boolean, default: true }
              day: { type: date, default: 2001-01-01 }
              wait: { type: duration, default: 20m }
            steps:
              count-rows: { kind: task, command: [count], returns: { rows: integer, airports: list } }
              score: { kind: task, command: [score] }
              load: { kind: task, command: [load], needs: [count-rows, score], when: "%s" }
            """.formatted(condition))
                .graph()
                .orElseThrow();
    }

    private static Facts facts() {
        return new Facts(
                Map.of("least", "10", "share", "0.5", "strict", "true", "day", "2001-01-01", "wait", "20m"),
                Optional.of(new DataInterval(
                        Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2001-01-02T00:00:00Z"), ZoneOffset.UTC)),
                Map.of(COUNT, Map.of("rows", "12", "airports", "[\"ord\",\"jfk\"]"), SCORE, Map.of("best", "\"ord\"")),
                Map.of(SCORE, Map.of("auc", 0.8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "outputs.count_rows.rows >= params.least;true",
                "params.share > 0.4 && params.strict && params.day == '2001-01-01';true",
                "params.wait < duration('15m');false",
                "interval.start.getDayOfWeek() == 1 && interval.end > interval.start;true",
                "interval.partition == '2001-01-01';true",
                "outputs.count_rows.airports.exists(airport, airport == 'sfo');false",
                "outputs.score.best == 'ord' && metrics.score.auc > 0.7;true",
                "has(metrics.score.loss) && metrics.score.loss < 1.0;false"
            })
    void conditionsAskTheRunAndEarlierSteps(String condition, boolean holds) {
        assertThat(conditions.verdict(dag(condition), LOAD, facts()).holds()).contains(holds);
    }

    @Test
    void aVerdictTellsWhatWasRead() {
        Verdict verdict = conditions.verdict(dag("outputs.count_rows.rows > 100 || !params.strict"), LOAD, facts());

        assertThat(verdict.explanation()).isEqualTo("outputs.count_rows.rows is 12, params.strict is true");
    }

    @Test
    void whatIsNotThereIsNamed() {
        Verdict verdict = conditions.verdict(dag("metrics.score.loss < 1.0"), LOAD, facts());

        assertThat(verdict.holds()).isEmpty();
        assertThat(verdict.explanation()).isEqualTo("'metrics.score.loss' has no value");
    }

    @Test
    void onlyWhatIsReadIsLookedUp() {
        assertThat(conditions.reads(dag("params.strict"), LOAD)).isEqualTo(Reads.NOTHING);
        assertThat(conditions.reads(dag("outputs.count_rows.rows > 1 && metrics.score.auc > 0.5"), LOAD))
                .isEqualTo(new Reads(Set.of(COUNT), Set.of(SCORE)));
        assertThat(conditions.reads(dag("params.strict"), SCORE)).isEqualTo(Reads.NOTHING);
    }
}
