package io.tidegate.dag.graph;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what an author probably meant. */
public final class NearestName {
    private NearestName() {}

    /**
     * The candidate with the smallest edit distance, when it is close enough to be a slip of the hand.
     *
     * <p>Damerau-Levenshtein distance in its optimal string alignment form: Damerau, F. J.: A technique for computer detection and
     * correction of spelling errors. Communications of the ACM 7 (1964), 171-176.
     */
    public static Optional<String> of(String written, Collection<String> candidates) {
        int allowed = Math.max(1, written.length() / 3);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - written.length()) <= allowed)
                .filter(candidate -> distance(written, candidate) <= allowed)
                .min(Comparator.<String>comparingInt(candidate -> distance(written, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                cost[row][column] = row == 0 || column == 0 ? row + column : cheapest(cost, left, right, row, column);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cheapest(int[][] cost, String left, String right, int row, int column) {
        boolean same = left.charAt(row - 1) == right.charAt(column - 1);
        int best = Math.min(
                Math.min(cost[row - 1][column] + 1, cost[row][column - 1] + 1),
                cost[row - 1][column - 1] + (same ? 0 : 1));
        boolean swapped = row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        return swapped ? Math.min(best, cost[row - 2][column - 2] + 1) : best;
    }
}
