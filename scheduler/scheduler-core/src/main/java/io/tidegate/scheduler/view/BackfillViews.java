package io.tidegate.scheduler.view;

import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.backfill.Reprocess;
import io.tidegate.scheduler.state.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Backfills as people see them. */
public final class BackfillViews {
    private BackfillViews() {}

    /**
     * How far it is. All but {@code total} add up to it.
     *
     * @param waiting intervals whose turn has not come
     * @param running runs that wait for a server or go
     * @param leftOut intervals that get no run
     */
    public record Progress(
            int total, int waiting, int running, int succeeded, int failed, int cancelled, int leftOut) {}

    /** What a person may do to a backfill now. */
    public enum BackfillAction {
        PAUSE,
        RESUME,
        CANCEL
    }

    /**
     * @param from first day on which its intervals start
     * @param to last day, inclusive
     * @param reason why it was begun; empty text when nobody said
     */
    public record Summary(
            long id,
            String dag,
            String version,
            String from,
            String to,
            boolean backwards,
            Reprocess reprocess,
            int parallel,
            Map<String, String> parameters,
            BackfillState state,
            Progress progress,
            String actor,
            String reason,
            Instant createdAt,
            Optional<Instant> finishedAt,
            List<BackfillAction> allowedActions) {}

    /**
     * One interval of a backfill, in its order.
     *
     * @param place from 0
     * @param run absent while it waits, and when it is left out
     * @param state of the run
     * @param leftOut why it gets no run
     */
    public record IntervalView(
            int place,
            RunViews.Interval interval,
            Optional<String> run,
            Optional<RunState> state,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            Optional<String> leftOut) {}

    /**
     * What a backfill would do, if it began now.
     *
     * @param limit most intervals that one backfill may have
     * @param wouldRun how many intervals would get a run
     * @param intervals in the order in which they would run
     */
    public record Preview(
            String dag, String version, int limit, int total, int wouldRun, List<PlannedInterval> intervals) {}

    /**
     * @param existing the newest run that the interval has
     * @param leftOut why it would get no run
     */
    public record PlannedInterval(
            RunViews.Interval interval,
            Optional<String> existing,
            Optional<RunState> existingState,
            Optional<String> leftOut) {}
}
