package io.tidegate.dag.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InputReferenceTest {
    private static final DatasetName FEATURES = new DatasetName("features");

    @ParameterizedTest
    @CsvSource({
        "0,0,features,true",
        "-1,-1,features[-1],false",
        "-7,0,features[-7..0],true",
        "-3,-1,features[-3..-1],false"
    })
    void isWrittenAsAuthorsWriteIt(int first, int last, String text, boolean includesCurrent) {
        InputReference reference = new InputReference(FEATURES, first, last);

        assertThat(reference).hasToString(text);
        assertThat(reference.includesCurrent()).isEqualTo(includesCurrent);
    }

    @ParameterizedTest
    @CsvSource({"0,-1", "0,1", "-1000,0", "1,1"})
    void runsFromAnOlderIntervalToANewerOne(int first, int last) {
        assertThatThrownBy(() -> new InputReference(FEATURES, first, last))
                .hasMessage("partitions [" + first + ".." + last + "] of features must run from an older interval to a"
                        + " newer one, not beyond 0, and span at most 1000");
    }

    @Test
    void spansNoMoreThanTheMaximumEvenWhereNumbersOverflow() {
        assertThatThrownBy(() -> new InputReference(FEATURES, Integer.MIN_VALUE, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void classesSayWhatMayComeFromWhat() {
        assertThat(DataClass.DETERMINISTIC.mayDeriveFrom(DataClass.RAW)).isTrue();
        assertThat(DataClass.DETERMINISTIC.mayDeriveFrom(DataClass.DETERMINISTIC))
                .isTrue();
        assertThat(DataClass.DETERMINISTIC.mayDeriveFrom(DataClass.ALGORITHMIC)).isFalse();
        assertThat(DataClass.ALGORITHMIC.mayDeriveFrom(DataClass.ALGORITHMIC)).isTrue();
        assertThat(DataClass.RAW.mayDeriveFrom(DataClass.RAW)).isFalse();
    }
}
