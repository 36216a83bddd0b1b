package io.tidegate.dag.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.ParameterBounds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ParameterTextTest {
    private static Optional<String> problem(Parameter.Type type, ParameterBounds bounds, String text) {
        return new ParameterText(type, bounds).problem(text);
    }

    private static ParameterBounds choices(String... choices) {
        return new ParameterBounds(Optional.empty(), Optional.empty(), Optional.empty(), List.of(choices));
    }

    private static ParameterBounds pattern(String pattern) {
        return new ParameterBounds(Optional.empty(), Optional.empty(), Optional.of(pattern), List.of());
    }

    @Test
    void valuesWithAnOrderKeepToTheirBounds() {
        ParameterBounds number = ParameterBounds.between("-1", "1.5");
        assertThat(problem(Parameter.Type.NUMBER, number, "1.50")).isEmpty();
        assertThat(problem(Parameter.Type.NUMBER, number, "1.51")).contains("1.51 is more than the maximum 1.5");
        assertThat(problem(Parameter.Type.INTEGER, number, "-2")).contains("-2 is less than the minimum -1");
        assertThat(problem(Parameter.Type.INTEGER, number, "1.0")).contains("'1.0' is not a whole number");

        ParameterBounds days = ParameterBounds.between("2001-01-01", "2001-12-31");
        assertThat(problem(Parameter.Type.DATE, days, "2001-12-31")).isEmpty();
        assertThat(problem(Parameter.Type.DATE, days, "2002-01-01"))
                .contains("2002-01-01 is after the maximum 2001-12-31");
        assertThat(problem(Parameter.Type.DATE, days, "2000-12-31"))
                .contains("2000-12-31 is before the minimum 2001-01-01");

        ParameterBounds times = ParameterBounds.between("5m", "1h");
        assertThat(problem(Parameter.Type.DURATION, times, "PT60M")).isEmpty();
        assertThat(problem(Parameter.Type.DURATION, times, "299s")).contains("299s is shorter than the minimum 5m");
        assertThat(problem(Parameter.Type.DURATION, times, "2h")).contains("2h is longer than the maximum 1h");
    }

    @Test
    void anEnumIsOneOfItsChoices() {
        assertThat(problem(Parameter.Type.ENUM, choices("east", "west"), "east"))
                .isEmpty();
        assertThat(problem(Parameter.Type.ENUM, choices("east", "west"), "eats"))
                .contains("'eats' is none of east, west; did you mean east?");
        assertThat(problem(Parameter.Type.ENUM, choices("east", "west"), "")).contains("'' is none of east, west");
    }

    @Test
    void aListHasAsManyItemsAsAllowedAndEachOfThemFits() {
        assertThat(ParameterText.normal(Parameter.Type.LIST, " ord, jfk ,,lax")).isEqualTo("ord,jfk,lax");
        ParameterBounds two = ParameterBounds.between("1", "2");
        assertThat(problem(Parameter.Type.LIST, two, "ord, jfk")).isEmpty();
        assertThat(problem(Parameter.Type.LIST, two, "")).contains("has 0 items, fewer than the minimum 1");
        assertThat(problem(Parameter.Type.LIST, two, "ord,jfk,lax")).contains("has 3 items, more than the maximum 2");
        assertThat(problem(Parameter.Type.LIST, choices("ord", "jfk"), "ord,jkf"))
                .contains("item 'jkf' is none of ord, jfk; did you mean jfk?");
        assertThat(problem(Parameter.Type.LIST, pattern("[a-z]{3}"), "ord,J"))
                .contains("item 'J' does not match the pattern [a-z]{3}");
    }

    @Test
    void aPatternHoldsFromBeginningToEnd() {
        assertThat(problem(Parameter.Type.STRING, pattern("[a-z]{3}"), "ord")).isEmpty();
        assertThat(problem(Parameter.Type.STRING, pattern("[a-z]{3}"), "ords"))
                .contains("'ords' does not match the pattern [a-z]{3}");
    }

    @Test
    void aPatternThatWouldNeverEndIsGivenUp() {
        String text = "a".repeat(60) + "!";
        assertThat(problem(Parameter.Type.STRING, pattern("(.*a){12}b"), text))
                .contains("'" + "a".repeat(60) + "...' takes too long to match the pattern (.*a){12}b");
        assertThat(problem(Parameter.Type.STRING, pattern("(a|b)*"), "a".repeat(100_000)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("takes too long"));
    }
}
