package io.tidegate.server.rest;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.PoolName;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.pool.Demand;
import io.tidegate.scheduler.pool.PlaceRequest;
import io.tidegate.scheduler.pool.PlaceRule;
import io.tidegate.scheduler.pool.Pool;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.PlaceStore;
import io.tidegate.scheduler.view.RunViews;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What steps of a run wait for before they are launched. Runs without such steps cost no look at the database. */
final class WaitReasons {
    private final PlaceStore store;
    private final InstantSource clock;

    WaitReasons(PlaceStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A sentence for each step that waits. */
    Map<StepId, String> of(RunId run, DagGraph graph, List<RunViews.Step> steps) {
        boolean mayWait = steps.stream()
                .filter(step -> step.state() == StepState.RUNNING)
                .map(step -> new StepId(step.step()))
                .anyMatch(step -> graph.hasStep(step) && !Demand.of(graph, step).isNothing());
        if (!mayWait) {
            return Map.of();
        }
        PlaceStore.Standing standing = store.standing();
        Map<PoolName, Integer> sizes = standing.pools().stream().collect(Collectors.toMap(Pool::name, Pool::places));
        var reasons = PlaceRule.reasons(sizes, standing.requests(), clock.instant());
        Map<StepId, String> found = new HashMap<>();
        for (PlaceRequest request : standing.requests()) {
            String reason = reasons.get(request.key());
            if (request.run().equals(run) && reason != null) {
                found.put(request.step(), reason);
            }
        }
        return found;
    }
}
