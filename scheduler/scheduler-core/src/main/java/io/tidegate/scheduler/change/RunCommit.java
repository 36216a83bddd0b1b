package io.tidegate.scheduler.change;

import io.tidegate.scheduler.run.RunId;
import java.util.List;
import java.util.Objects;

/**
 * Changes of one run that belong together.
 *
 * @param fence the run's fence as its owner knows it; with another one in the database nothing is written
 * @param sequence counts the commits from 1 under this fence, so that no two are equal. Whether a commit was written is unknown when the
 *     connection broke during it, so the same commit may be asked for again: one that was written already is answered as it was then, and
 *     nothing is written twice
 */
public record RunCommit(RunId run, long fence, long sequence, List<Change> changes) {
    public RunCommit {
        Objects.requireNonNull(run, "run");
        changes = List.copyOf(changes);
        if (sequence < 1) {
            throw new IllegalArgumentException("commits count from 1, not " + sequence);
        }
    }
}
