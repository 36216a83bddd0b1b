package io.tidegate.scheduler.view;

import java.util.Optional;

/** Read side of backfills. Pages go by key. */
public interface BackfillQueries {
    /**
     * Backfills, newest first.
     *
     * @param after the {@code next} of the page before
     */
    Page<BackfillViews.Summary> backfills(Optional<String> dag, Optional<String> after, int limit);

    Optional<BackfillViews.Summary> backfill(long id);

    /** Intervals of a backfill in the order in which they run. */
    Page<BackfillViews.IntervalView> intervals(long id, Optional<String> after, int limit);
}
