package io.tidegate.steps.cleanse;

import java.util.Collection;
import java.util.Comparator;

/** Finds the word that was probably meant. */
final class Nearest {
    private Nearest() {}

    /** A clause to end a message with: the nearest known word, or all of them when none is near. */
    static String suggestion(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElseGet(() -> "; known are " + String.join(", ", known));
    }

    /** Levenshtein's distance: insertions, deletions and replacements that turn one word into the other. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[right.length()];
    }
}
