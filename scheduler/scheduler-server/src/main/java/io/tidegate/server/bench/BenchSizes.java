package io.tidegate.server.bench;

/**
 * How much is done.
 *
 * @param repeats how often each workload and its limit are measured, in turns; the pair in the middle is told
 * @param warmUps chains before that, so that the compiler of the JVM has seen everything, as in a server that has run for a while
 * @param chain steps of the chains W1a to W1c
 * @param fanOut steps between source and join of W2
 * @param largeDag steps of the DAG of W3
 * @param runs runs of W4
 * @param historySteps step runs in the database of W6
 * @param scheduledDags DAGs with a schedule of W5
 */
public record BenchSizes(
        int repeats, int warmUps, int chain, int fanOut, int largeDag, int runs, int historySteps, int scheduledDags) {
    /** What the goals are about. */
    public static final BenchSizes FULL = new BenchSizes(5, 300, 40, 1_000, 10_000, 1_000, 1_000_000, 10_000);

    public BenchSizes {
        if (repeats < 1
                || warmUps < 0
                || chain < 2
                || fanOut < 1
                || Math.min(largeDag, runs) < 1
                || Math.min(historySteps, scheduledDags) < 1) {
            throw new IllegalArgumentException(
                    "a benchmark needs at least one of everything, and two steps in a chain");
        }
    }

    /** The same with a part of the work, and at least the smallest possible. */
    public BenchSizes scaled(double part, int repeatsWanted) {
        return new BenchSizes(
                repeatsWanted,
                (int) (warmUps * part),
                Math.max(2, (int) (chain * part)),
                Math.max(1, (int) (fanOut * part)),
                Math.max(1, (int) (largeDag * part)),
                Math.max(1, (int) (runs * part)),
                Math.max(1, (int) (historySteps * part)),
                Math.max(1, (int) (scheduledDags * part)));
    }

    /** Rounds of ten thousand steps in place of chains. */
    int warmUpRounds() {
        return warmUps / 50;
    }

    /** The same with another number of step runs in W6. */
    public BenchSizes withHistory(int stepRuns) {
        return new BenchSizes(repeats, warmUps, chain, fanOut, largeDag, runs, stepRuns, scheduledDags);
    }
}
