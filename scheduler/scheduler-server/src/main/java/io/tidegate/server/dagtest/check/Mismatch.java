package io.tidegate.server.dagtest.check;

import io.tidegate.dag.parser.problem.Position;
import java.util.List;
import java.util.Objects;

/**
 * Something that is not as expected.
 *
 * @param position where the test file says what is expected
 * @param subject what it is about, for example {@code refit.state}
 * @param expected one value, or the items of a list
 * @param actual likewise
 */
public record Mismatch(Position position, String subject, List<String> expected, List<String> actual) {
    public Mismatch {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(subject, "subject");
        expected = List.copyOf(expected);
        actual = List.copyOf(actual);
    }
}
