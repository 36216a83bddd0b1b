package io.tidegate.steps.sample;

import java.util.List;

/**
 * What differs, line by line.
 *
 * @param expected lines that are not there
 * @param actual lines that are there instead
 */
record Difference(List<String> expected, List<String> actual) {
    static final Difference NONE = new Difference(List.of(), List.of());

    Difference {
        expected = List.copyOf(expected);
        actual = List.copyOf(actual);
    }

    static Difference of(String expected, String actual) {
        return new Difference(List.of(expected), List.of(actual));
    }

    boolean isEmpty() {
        return expected.isEmpty() && actual.isEmpty();
    }
}
