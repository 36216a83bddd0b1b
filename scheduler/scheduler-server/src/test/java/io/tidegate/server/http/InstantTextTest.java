package io.tidegate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstantTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2001-02-03T04:05:06.7Z",
                "2026-12-31T23:59:59.999999999Z",
                "2024-02-29T12:00:00.000001Z",
                "1969-12-31T23:59:59.001Z",
                "0000-01-01T00:00:00.000000001Z",
                "9999-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59.5Z"
            })
    void saysWhatInstantsSayOfThemselves(String text) {
        Instant instant = Instant.parse(text);
        assertThat(InstantText.text(instant)).isEqualTo(instant.toString());
    }

    @Test
    void alsoForAnyInstant() {
        Random random = new Random(7);
        for (int number = 0; number < 10_000; number++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-100_000_000_000L, 300_000_000_000L),
                    random.nextInt(1_000) * new long[] {0, 1, 1_000, 1_000_000}[number % 4]);
            assertThat(InstantText.text(instant)).isEqualTo(instant.toString());
        }
    }
}
