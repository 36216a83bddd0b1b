package io.tidegate.dag.parser.problem;

import java.util.Comparator;

/**
 * A place in a file. Line and column start at 1; the column counts characters (Unicode code points), a tab being one.
 *
 * @param use 0 for the file that is read; else which use of a library's template brought the place here, see {@link Problems#use}
 */
public record Position(int line, int column, int use) implements Comparable<Position> {
    /** The first character of a file. */
    public static final Position TOP = new Position(1, 1);

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /** A place in the file that is read. */
    public Position(int line, int column) {
        this(line, column, 0);
    }

    /** The same place, brought here by a use of a template. */
    public Position broughtBy(int otherUse) {
        return new Position(line, column, otherUse);
    }

    /** The place some characters further on the same line. */
    public Position plus(int columns) {
        return new Position(line, column + columns, use);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
