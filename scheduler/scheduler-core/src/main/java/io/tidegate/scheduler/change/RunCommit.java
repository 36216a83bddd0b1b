package io.tidegate.scheduler.change;

import io.tidegate.scheduler.run.RunId;
import java.util.List;
import java.util.Objects;

/**
 * Changes of one run that belong together.
 *
 * @param fence the run's fence as its owner knows it; with another one in the database nothing is written
 */
public record RunCommit(RunId run, long fence, List<Change> changes) {
    public RunCommit {
        Objects.requireNonNull(run, "run");
        changes = List.copyOf(changes);
    }
}
