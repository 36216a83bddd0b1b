package io.tidegate.steps.cleanse;

import java.util.Collection;
import java.util.Comparator;

/** Finds the word that was probably meant. */
final class Nearest {
    /** Words with fewer letters differ in one from too many others. */
    private static final int SHORT = 4;

    private Nearest() {}

    /** A clause to end a message with: the nearest known word, or all of them when none is near. */
    static String suggestion(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(candidate -> distance(word, candidate) <= (candidate.length() < SHORT ? 1 : 2))
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElseGet(() -> "; known are " + String.join(", ", known));
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string alignment). */
    private static int distance(String left, String right) {
        int[][] table = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                table[row][column] = row == 0 || column == 0 ? row + column : cell(table, left, right, row, column);
            }
        }
        return table[left.length()][right.length()];
    }

    private static int cell(int[][] table, String left, String right, int row, int column) {
        char here = left.charAt(row - 1);
        char there = right.charAt(column - 1);
        int least = Math.min(
                table[row - 1][column - 1] + (here == there ? 0 : 1),
                1 + Math.min(table[row - 1][column], table[row][column - 1]));
        boolean swapped = row > 1 && column > 1 && here == right.charAt(column - 2) && left.charAt(row - 2) == there;
        return swapped ? Math.min(least, table[row - 2][column - 2] + 1) : least;
    }
}
