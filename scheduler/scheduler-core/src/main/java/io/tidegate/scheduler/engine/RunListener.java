package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.Run;
import java.util.List;

/** Told what was committed, in order for each run. For hints such as server-sent events; the database is where the truth is read. */
@FunctionalInterface
public interface RunListener {
    /**
     * Called on an engine thread after the commit; must return quickly and not throw.
     *
     * @param run the run as it is now
     * @param changes everything that was written with one commit
     */
    void committed(Run run, List<Change> changes);
}
