package io.tidegate.server.dagtest.run;

import io.tidegate.scheduler.plan.PlannerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What happens to a run, and when. */
public interface Happenings {
    Instant now();

    /** Lets something happen after a while; things of the same instant happen in the order in which they were told. */
    void in(Duration later, PlannerEvent event);

    /** Moves on to what happens next; empty when nothing will. */
    Optional<PlannerEvent> next();
}
