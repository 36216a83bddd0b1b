package io.tidegate.scheduler.store;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.DataCondition.Source;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/** Which data has arrived, for schedules that wait for it. */
public interface ArrivalReads {
    /** A partition that is there. */
    record Arrived(Source source, String partition) {
        public Arrived {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(partition, "partition");
        }
    }

    /** Those of the partitions of the datasets that a step has written, or a sensor has found. */
    Set<Arrived> arrived(Collection<Source> sources, Collection<String> partitions);

    /** Starts of intervals from {@code from} on and before {@code until} for which the DAG's schedule has made a run. */
    Set<Instant> scheduled(DagId dag, Instant from, Instant until);
}
