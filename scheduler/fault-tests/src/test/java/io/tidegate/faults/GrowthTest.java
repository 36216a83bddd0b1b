package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

final class GrowthTest {
    private static final int LOOKS = 40;

    private final Timeline timeline = new Timeline();
    private final Findings findings = new Findings(timeline, new PrintStream(OutputStream.nullOutputStream()));
    private final Growth growth = new Growth(Path.of("unused"), timeline, findings);

    private void taken(IntFunction<Vitals.Sample> sample) {
        for (int look = 0; look < LOOKS; look++) {
            growth.add(0, sample.apply(look));
        }
        growth.tell();
    }

    @Test
    void whatGoesUpAndDownHasNotGrown() {
        taken(look -> new Vitals.Sample((30 + look % 5) << 20, 80 + look % 4, 200 + look % 9));
        assertThat(findings.violations()).isEmpty();
    }

    @Test
    void eachOfThemIsToldThatGrows() {
        taken(look -> new Vitals.Sample((30L + look) << 20, 80 + look, 200 + 2 * look));
        assertThat(findings.violations())
                .hasSize(3)
                .first()
                .asString()
                .isEqualTo("growth: server 0, MiB of heap after collections: 35.0 in the first quarter of 40 looks,"
                        + " 65.0 in the last");
    }
}
