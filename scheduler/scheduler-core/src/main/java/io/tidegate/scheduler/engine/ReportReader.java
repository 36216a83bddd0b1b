package io.tidegate.scheduler.engine;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.report.StepReport;
import java.io.IOException;

/** Reads what an attempt reported, once it has ended. Safe for use by several threads. */
@FunctionalInterface
public interface ReportReader {
    /**
     * The whole report; lines that make no sense are among its problems.
     *
     * @param output the attempt's output at its executor
     * @throws IOException when it cannot be read now; it is tried again
     */
    StepReport read(LaunchKey key, AttemptOutput output) throws IOException;
}
