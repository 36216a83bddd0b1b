package io.tidegate.server.dagtest.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What to take away from one list and to put in to get the other, keeping a longest common subsequence (Wagner and Fischer, 1974; time and
 * space grow with the product of the sizes, and commands are short).
 */
final class LineDiff {
    /** What becomes of a line. */
    enum Kind {
        SAME,
        EXPECTED,
        ACTUAL
    }

    /** A line, and which of the lists has it. */
    record Line(Kind kind, String text) {}

    private LineDiff() {}

    static List<Line> of(List<String> expected, List<String> actual) {
        int[][] common = commonLengths(expected, actual);
        List<Line> lines = new ArrayList<>();
        int left = 0;
        int right = 0;
        while (left < expected.size() || right < actual.size()) {
            boolean both = left < expected.size() && right < actual.size();
            if (both && expected.get(left).equals(actual.get(right))) {
                lines.add(new Line(Kind.SAME, expected.get(left)));
                left++;
                right++;
            } else if (right == actual.size()
                    || (left < expected.size() && common[left + 1][right] >= common[left][right + 1])) {
                lines.add(new Line(Kind.EXPECTED, expected.get(left++)));
            } else {
                lines.add(new Line(Kind.ACTUAL, actual.get(right++)));
            }
        }
        return lines;
    }

    /** Length of the longest common subsequence of what follows each pair of places. */
    private static int[][] commonLengths(List<String> expected, List<String> actual) {
        int[][] common = new int[expected.size() + 1][actual.size() + 1];
        for (int left = expected.size() - 1; left >= 0; left--) {
            for (int right = actual.size() - 1; right >= 0; right--) {
                common[left][right] = expected.get(left).equals(actual.get(right))
                        ? common[left + 1][right + 1] + 1
                        : Math.max(common[left + 1][right], common[left][right + 1]);
            }
        }
        return common;
    }
}
