package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.problem.Position;
import java.util.Objects;

/**
 * A value, and where it stands in its file.
 *
 * @param position where the value begins, or the key it belongs to
 */
public record Located<T>(T value, Position position) {
    public Located {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(position, "position");
    }
}
