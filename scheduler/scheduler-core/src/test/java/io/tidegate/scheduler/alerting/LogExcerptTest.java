package io.tidegate.scheduler.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.sample.SampleDags;
import org.junit.jupiter.api.Test;

class LogExcerptTest {
    @Test
    void showsTheCauseOfAStackTraceAndNotItsFrames() {
        String log = "starting\nreading week 9\nException in thread \"main\" java.lang.RuntimeException: no model\n"
                + "\tat io.x.Error.main(Error.java:1)\nCaused by: java.io.IOException: \u001b[31mdisk full\u001b[0m\n"
                + "\tat io.x.B.b(B.java:2)\n\t... 3 more\nshutting down\n";
        assertThat(LogExcerpt.of(log)).hasValueSatisfying(excerpt -> assertThat(excerpt)
                .startsWith("starting\n")
                .contains("Caused by: java.io.IOException: disk full")
                .endsWith("\t... 3 more"));
    }

    @Test
    void showsTheLastLineOfALogThatNamesNoFailure() {
        assertThat(LogExcerpt.of("one\n\ntwo\n")).contains("one\ntwo");
        assertThat(LogExcerpt.of("\n \n")).isEmpty();
        assertThat(LogExcerpt.of("x".repeat(1_000_000)))
                .hasValueSatisfying(excerpt -> assertThat(excerpt).hasSizeLessThan(600));
    }

    @Test
    void everythingThatWaitsIsAffected() {
        assertThat(AffectedParts.of(SampleDags.withAlerts(), SampleDags.PREPARE)).containsExactly("refit", "publish");
        assertThat(AffectedParts.of(SampleDags.withAlerts(), SampleDags.PUBLISH)).isEmpty();
    }
}
