package io.tidegate.scheduler.progress;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.JobProgress;
import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.util.Optional;

/** What programs themselves say of how far they are. */
@FunctionalInterface
public interface ReportedProgress {
    /**
     * The newest word of an attempt's program; empty when it has said nothing.
     *
     * @throws IOException when what it reported cannot be read now
     */
    Optional<JobProgress> of(LaunchKey key, AttemptOutput output) throws IOException;
}
