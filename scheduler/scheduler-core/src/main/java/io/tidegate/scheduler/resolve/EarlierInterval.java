package io.tidegate.scheduler.resolve;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.Step;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.ResolutionReads;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the interval before lets a step start that depends on it. The schedule's first interval has none before it, and where the DAG has
 * never run for an earlier interval there is nothing to depend on.
 */
final class EarlierInterval {
    private final LogicalTimes times;
    private final ResolutionReads reads;

    EarlierInterval(LogicalTimes times, ResolutionReads reads) {
        this.times = times;
        this.reads = reads;
    }

    /** Whether it matters to the step at all. */
    static boolean matters(Step step, Run run) {
        return step.start().dependsOnPast()
                && !step.id().isItem()
                && run.interval().isPresent();
    }

    /** What the step waits for; empty when it may start. */
    Optional<Resolution> hold(DagGraph graph, Run run, Step step) {
        if (!matters(step, run)) {
            return Optional.empty();
        }
        DataInterval own = run.interval().orElseThrow();
        return graph.definition()
                .schedule()
                .flatMap(schedule -> times.shift(schedule, own, -1))
                .flatMap(before -> reason(run, step, before))
                .map(Resolution.Hold::new);
    }

    private Optional<String> reason(Run run, Step step, DataInterval before) {
        ResolutionReads.Past past = reads.past(run.version().dag(), before.start(), step.id());
        if (!past.hasRun()) {
            return past.hasEarlierRun()
                    ? Optional.of("waits for the interval before, " + before.partition()
                            + ", which has no run: run or backfill it")
                    : Optional.empty();
        }
        // A step that is new in this version never ran before, and never will.
        return past.step().flatMap(state -> switch (state) {
            case SUCCEEDED, SKIPPED -> Optional.<String>empty();
            case FAILED, UPSTREAM_FAILED, CANCELLED ->
                Optional.of(
                        said(step, before, state) + ": rerun it there, or mark it as succeeded, and this one goes on");
            case WAITING, RESOLVING, RUNNING, RETRYING, CANCELLING -> Optional.of(said(step, before, state));
        });
    }

    private static String said(Step step, DataInterval before, StepState state) {
        return "waits for " + step.id() + " of the interval before, " + before.partition() + ", which is "
                + state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
