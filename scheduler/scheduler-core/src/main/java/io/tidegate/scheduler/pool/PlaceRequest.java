package io.tidegate.scheduler.pool;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import java.time.Instant;
import java.util.Objects;

/**
 * An attempt that has places or waits for them. It exists as long as the attempt goes on: places are given back by the attempt's end and by
 * nothing else.
 *
 * @param key the attempt's launch key
 * @param since when it began to wait
 * @param granted whether it has its places
 */
public record PlaceRequest(
        LaunchKey key, DagId dag, RunId run, StepId step, Demand demand, Instant since, boolean granted) {
    public PlaceRequest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(dag, "dag");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(demand, "demand");
        Objects.requireNonNull(since, "since");
    }

    /** Its place in the queue: as if it had come earlier by what its priority is worth. */
    public Instant rank() {
        return since.minus(PlaceRule.POINT.multipliedBy(demand.priority()));
    }

    /** What people call it. */
    String words() {
        return dag + "/" + step;
    }
}
