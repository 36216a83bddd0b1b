package io.tidegate.scheduler.plan;

import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.RunSnapshot;
import java.util.List;
import java.util.Objects;

/**
 * What follows from an event.
 *
 * @param next the run as it becomes when the changes are written
 * @param changes to be written together; each row at most once
 * @param effects to be carried out in this order once the changes are written, and not at all when they are not
 */
public record Plan(RunSnapshot next, List<Change> changes, List<Effect> effects) {
    public Plan {
        Objects.requireNonNull(next, "next");
        changes = List.copyOf(changes);
        effects = List.copyOf(effects);
    }
}
