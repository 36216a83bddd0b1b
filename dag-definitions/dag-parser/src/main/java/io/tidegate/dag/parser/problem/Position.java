package io.tidegate.dag.parser.problem;

import java.util.Comparator;

/**
 * A place in a file. Both numbers start at 1; the column counts characters (Unicode code points), a tab being one.
 */
public record Position(int line, int column) implements Comparable<Position> {
    /** The first character of a file. */
    public static final Position TOP = new Position(1, 1);

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /** The place some characters further on the same line. */
    public Position plus(int columns) {
        return new Position(line, column + columns);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
