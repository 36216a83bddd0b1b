package io.tidegate.server.sensor;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.storage.sensor.Probe;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Waits for the success of another DAG's run for an interval: of the newest one, when there are several. */
public final class IntervalProbe implements Probe {
    private final RunQueries runs;

    public IntervalProbe(RunQueries runs) {
        this.runs = runs;
    }

    @Override
    public Sighting look(Map<String, String> condition, Instant now) throws IOException {
        Instant start = Instant.parse(condition.get(Conditions.INTERVAL_START));
        try {
            List<RunViews.Summary> newest =
                    runs.newestRuns(new DagId(condition.get(Conditions.DAG)), start, start.plusMillis(1), 1);
            if (newest.isEmpty()) {
                return new Sighting(false, "there is none yet");
            }
            RunViews.Summary run = newest.get(0);
            return new Sighting(
                    run.state() == RunState.SUCCEEDED,
                    "run " + run.run() + " is " + run.state().name().toLowerCase(Locale.ROOT));
        } catch (StoreUnavailableException outage) {
            throw new IOException("the database does not answer", outage);
        }
    }
}
