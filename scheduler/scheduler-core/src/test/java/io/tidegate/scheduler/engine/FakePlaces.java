package io.tidegate.scheduler.engine;

import io.tidegate.dag.step.PoolName;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.pool.Demand;
import io.tidegate.scheduler.pool.PlaceRequest;
import io.tidegate.scheduler.pool.PlaceRule;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Pools of a {@link FakeDatabase}, which guards it. */
final class FakePlaces {
    private final Map<PoolName, Integer> pools = new HashMap<>();
    private final Map<LaunchKey, Demand> demands = new HashMap<>();
    private final Set<LaunchKey> granted = new HashSet<>();
    private int looks;

    void pool(String name, int places) {
        pools.put(new PoolName(name), places);
    }

    void requested(Attempt attempt, Demand demand) {
        demands.put(attempt.key(), demand);
    }

    int looks() {
        return looks;
    }

    /** @param going attempts that go on, with their runs */
    Set<LaunchKey> grant(Map<Attempt, Run> going, Instant now) {
        looks++;
        List<PlaceRequest> requests = new ArrayList<>();
        going.forEach((attempt, run) -> {
            if (demands.containsKey(attempt.key())) {
                requests.add(new PlaceRequest(
                        attempt.key(),
                        run.version().dag(),
                        run.id(),
                        attempt.step(),
                        demands.get(attempt.key()),
                        attempt.outcome().createdAt(),
                        granted.contains(attempt.key())));
            }
        });
        granted.addAll(PlaceRule.grants(pools, requests, now));
        return requests.stream()
                .map(PlaceRequest::key)
                .filter(granted::contains)
                .collect(Collectors.toSet());
    }
}
