package io.tidegate.server.dagtest.run;

import io.tidegate.executor.LaunchRequest;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.Attempt;

/** Runs the programs of steps, or does as if. What comes of it happens to the run. */
public interface Programs {
    /** Starts an attempt's program; its acceptance or refusal and its end are told. */
    void launch(Attempt attempt, Work work, LaunchRequest request);

    /** Asks an attempt's program to end. */
    void cancel(Attempt attempt, Work work);

    /** Looks for an attempt's program again, and tells what became of it. */
    void find(Attempt attempt, Work work);

    /** What an attempt works on: turns what its program left behind into what the planner is told. */
    @FunctionalInterface
    interface Work {
        PlannerEvent.Findings findings(StepReport report);
    }
}
