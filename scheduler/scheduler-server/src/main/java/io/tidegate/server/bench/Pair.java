package io.tidegate.server.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A figure and the limit that was measured right before it.
 *
 * @param value for example milliseconds
 * @param limit in the same unit
 */
record Pair(double value, double limit) {
    /** Something that gives a figure. */
    @FunctionalInterface
    interface Measurement {
        double take() throws Exception;
    }

    double ratio() {
        return value / limit;
    }

    /**
     * Measures both in turns, so that whatever else the machine does meanwhile is in both, and gives the pair whose ratio is in the middle.
     */
    static Pair middle(int repeats, Measurement limit, Measurement value) throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            double bare = limit.take();
            pairs.add(new Pair(value.take(), bare));
        }
        pairs.sort(Comparator.comparingDouble(Pair::ratio));
        return pairs.get((pairs.size() - 1) / 2);
    }
}
