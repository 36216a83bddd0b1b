package io.tidegate.dag.parser.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.model.GateRule;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes back in one spelling. */
final class NotationsTest {
    @ParameterizedTest
    @CsvSource({"90s,90s", "60s,1m", "20m,20m", "120m,2h", "24h,1d", "36h,36h", "7d,7d", "0s,0s"})
    void durations(String written, String canonical) throws TextException {
        assertThat(Durations.write(Durations.withLikelyUnit("m").read(written))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"<= 0.02,<= 0.02", "<=2%,<= 0.02", ">  5 %,> 0.05", "< -1.50,< -1.5", ">= 1e3,>= 1000"})
    void bounds(String written, String canonical) throws TextException {
        assertThat(Bounds.write(Bounds.read(written))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "challenger.auc>=champion.auc+0.01|challenger.auc >= champion.auc + 0.01",
                "challenger.auc >= 60%|challenger.auc >= 0.6",
                "- champion.log_loss + challenger.log_loss < -0.002|-champion.log_loss + challenger.log_loss < -0.002",
                "worst_slice( origin ).auc.increase <= 5 %|worst_slice(origin).auc.increase <= 0.05",
                "challenger.auc - champion.auc > 1e-3|challenger.auc - champion.auc > 0.001"
            })
    void gateRules(String written, String canonical) throws TextException {
        GateRule rule = GateRules.read(written);

        assertThat(GateRules.write(rule)).isEqualTo(canonical);
        assertThat(GateRules.write(GateRules.read(canonical))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "all_done;all_done",
                "a.succeeded;a.succeeded",
                "(a.succeeded||a.skipped)&&!b-c.failed;(a.succeeded || a.skipped) && !b-c.failed",
                "((a.failed))&&(b.skipped&&c.failed);a.failed && b.skipped && c.failed",
                "!!a.failed;!!a.failed",
                "! ( a.failed && b.failed );!(a.failed && b.failed)",
                "a.failed && b.failed || c.failed;a.failed && b.failed || c.failed"
            })
    void runRules(String written, String canonical) throws TextException {
        assertThat(RunRules.write(RunRules.read(written))).isEqualTo(canonical);
        assertThat(RunRules.write(RunRules.read(canonical))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"skip", "queue", "cancel_running", "parallel(12)"})
    void overlaps(String written) throws TextException {
        assertThat(Overlaps.write(Overlaps.read(written))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"features", "features[-1]", "features[-7..0]", "features[-3..-1]"})
    void inputReferences(String written) throws TextException {
        assertThat(InputReferences.read(written)).hasToString(written);
    }

    @Test
    void aReferenceToTheRunsOwnIntervalHasAShortForm() throws TextException {
        assertThat(InputReferences.read("features[0]")).hasToString("features");
        assertThat(InputReferences.read("features[-1..-1]")).hasToString("features[-1]");
    }

    @Test
    void percentIsExact() throws TextException {
        assertThat(Numbers.read("7%")).isEqualTo(0.07);
        assertThat(Numbers.read("0.1 %")).isEqualTo(0.001);
    }

    @Test
    void aRuleOfManyTermsIsRefused() {
        assertThatThrownBy(() -> GateRules.read("challenger.auc > 0" + " + 1".repeat(30)))
                .hasMessage("expected at most 20 terms on a side; found '+'");
        assertThatThrownBy(() -> GateRules.read("challenger.auc > " + "0".repeat(2_000)))
                .hasMessage("a gate rule has at most 1000 characters");
    }

    @Test
    void aCronExpressionWithBothDaysFiresOnEither() throws TextException {
        String cron = Crons.read("0 0 13 * FRI");

        assertThat(Crons.firstFrom(cron, LocalDate.of(2001, 1, 1), ZoneId.of("UTC"))
                        .orElseThrow()
                        .toLocalDate())
                .isEqualTo(LocalDate.of(2001, 1, 5));
    }

    @Test
    void anExpressionFiresTwiceADayWhenItNamesSeveralMinutesOrHours() throws TextException {
        for (String often : List.of("* * * * *", "0,30 3 * * *", "0 */12 * * *", "0 1-2 13 * FRI", "@hourly")) {
            assertThat(Crons.firesTwiceADay(Crons.read(often))).as(often).isTrue();
        }
        for (String seldom : List.of("0 3 * * *", "59 23 1-31 * *", "5-5 0 * * *", "@monthly")) {
            assertThat(Crons.firesTwiceADay(Crons.read(seldom))).as(seldom).isFalse();
        }
    }

    @Test
    void anExpressionSurelyFiresWhenItNamesADayThatEveryMonthHas() throws TextException {
        for (String always : List.of("* * * * *", "0 3 28 2 *", "0 3 28-31 2 *", "0 0 */30 * *", "0 0 13 * FRI")) {
            assertThat(Crons.surelyFires(Crons.read(always))).as(always).isTrue();
        }
        for (String perhaps : List.of("0 3 29 2 *", "0 3 30 2 *", "0 3 31 * *", "0 3 29-31 2 MON")) {
            assertThat(Crons.surelyFires(Crons.read(perhaps))).as(perhaps).isFalse();
        }
    }

    @Test
    void theFirstInstantMayBeTheStartItself() throws TextException {
        assertThat(Crons.firstFrom(Crons.read("0 0 * * MON"), LocalDate.of(2001, 1, 1), ZoneId.of("America/New_York"))
                        .orElseThrow()
                        .toLocalDate())
                .isEqualTo(LocalDate.of(2001, 1, 1));
    }
}
