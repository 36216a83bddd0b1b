package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PatienceTest {
    private final Patience patience = new Patience(Duration.ofMillis(100), Duration.ofSeconds(10));

    @Test
    void doublesAndIsSpreadOverTheUpperHalf() {
        assertThat(patience.after(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(patience.after(4)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    }

    @Test
    void neverExceedsTheLongest() {
        assertThat(patience.after(1_000_000)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }
}
