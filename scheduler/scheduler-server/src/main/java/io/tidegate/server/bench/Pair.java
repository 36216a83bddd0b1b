package io.tidegate.server.bench;

import java.util.ArrayList;
import java.util.Arrays;
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

    /** One figure where there is no limit to measure beside it: the median of some measurements, of two in the middle their mean. */
    static double median(int repeats, Measurement value) throws Exception {
        double[] taken = new double[repeats];
        for (int repeat = 0; repeat < repeats; repeat++) {
            taken[repeat] = value.take();
        }
        Arrays.sort(taken);
        return (taken[(repeats - 1) / 2] + taken[repeats / 2]) / 2;
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
