package io.tidegate.dag.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "late-arrivals", "raw_flights", "week2", "a-1_b"})
    void takesPlainNames(String name) {
        assertThat(Names.isIdentifier(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "A", "1a", "-a", "a-", "a--b", "a-_b", "a b", "..", "../a", "a/b", "a.b", "é", "\u0430", "a\u202e",
                "a\n"
            })
    void refusesWhatAFileNameALabelOrAnOptionCouldMisread(String name) {
        assertThat(Names.isIdentifier(name)).isFalse();
    }

    @Test
    void aNameFitsALabel() {
        assertThat(Names.isIdentifier("a".repeat(50))).isTrue();
        assertThatThrownBy(() -> Names.requireIdentifier("step", "a".repeat(51)))
                .hasMessage("step '" + "a".repeat(51) + "' must start with a lower-case letter and hold only lower-case"
                        + " letters, digits and single '-' or '_' between them, at most 50 characters");
    }
}
