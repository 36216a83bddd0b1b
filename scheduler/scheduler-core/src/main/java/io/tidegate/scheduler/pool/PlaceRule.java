package io.tidegate.scheduler.pool;

import io.tidegate.dag.step.PoolName;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.pool.Share.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose turn it is to have places. Pure: the same pools, requests and instant give the same answer, on whichever server.
 *
 * <ol>
 *   <li>Who waits is looked at in the order of {@code since - priority x POINT}: a point of priority is worth a minute of waiting, so the order
 *       of two that wait never changes, and only so many who come later can ever be before one who waits.
 *   <li>Who has room in all that it asks for gets all of it at once; nobody holds some places while waiting for others.
 *   <li>Who has no room lets those behind it pass, until it has waited for {@link #PATIENCE}. From then on, unless it is only its own DAG or
 *       step that keeps it, what it asks for is kept for it: those behind it share what is left.
 * </ol>
 *
 * <p>So nobody starves as long as attempts end: after its patience only those before it in the order can delay a request, and they are
 * finite in number and get fewer. A request that asks for more than there is altogether waits, says so, and keeps nothing from others.
 */
public final class PlaceRule {
    /** What one point of priority is worth. */
    public static final Duration POINT = Duration.ofMinutes(1);
    /** How long a request lets others pass that need less. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Comparator<PlaceRequest> ORDER = Comparator.comparing(PlaceRequest::rank)
            .thenComparing(PlaceRequest::since)
            .thenComparing(request -> request.key().value());

    private PlaceRule() {}

    /**
     * Who gets places now.
     *
     * @param pools sizes of all pools
     * @param requests of all attempts that go on, in any order
     */
    public static List<LaunchKey> grants(Map<PoolName, Integer> pools, List<PlaceRequest> requests, Instant now) {
        return look(pools, requests, now, (look, request, unmet) -> {}).granted;
    }

    /** Why each request that waits does so, for people; those that get their places now are left out. */
    public static Map<LaunchKey, String> reasons(
            Map<PoolName, Integer> pools, List<PlaceRequest> requests, Instant now) {
        Map<LaunchKey, String> reasons = new LinkedHashMap<>();
        look(pools, requests, now, (look, request, unmet) -> reasons.put(request.key(), look.words(unmet)));
        return reasons;
    }

    /** Told of each request that has to wait, while what is taken is what it was when the request's turn came. */
    private interface Refusals {
        void refused(Look look, PlaceRequest request, List<Claim> unmet);
    }

    private static Look look(
            Map<PoolName, Integer> pools, List<PlaceRequest> requests, Instant now, Refusals refusals) {
        Look look = new Look(pools, refusals);
        requests.stream().filter(PlaceRequest::granted).forEach(look::hold);
        requests.stream().filter(request -> !request.granted()).sorted(ORDER).forEach(request -> look.at(request, now));
        return look;
    }

    /** One look at the queue. */
    private static final class Look {
        private final Map<PoolName, Integer> pools;
        private final Map<Share, Integer> taken = new HashMap<>();
        private final Map<Share, Integer> kept = new HashMap<>();
        private final Map<Share, List<PlaceRequest>> holders = new HashMap<>();
        private final List<LaunchKey> granted = new ArrayList<>();
        private final Refusals refusals;

        Look(Map<PoolName, Integer> pools, Refusals refusals) {
            this.pools = pools;
            this.refusals = refusals;
        }

        void hold(PlaceRequest request) {
            for (Claim claim : Share.claims(request, pools)) {
                taken.merge(claim.share(), claim.places(), Integer::sum);
                holders.computeIfAbsent(claim.share(), share -> new ArrayList<>())
                        .add(request);
            }
        }

        void at(PlaceRequest request, Instant now) {
            List<Claim> claims = Share.claims(request, pools);
            List<Claim> unmet =
                    claims.stream().filter(claim -> !claim.fits(spoken(claim))).toList();
            if (unmet.isEmpty()) {
                granted.add(request.key());
                hold(request);
                return;
            }
            boolean patient = now.isBefore(request.since().plus(PATIENCE));
            boolean forPools = unmet.stream().allMatch(claim -> claim.share().kind() == Share.Kind.POOL);
            if (!patient && forPools && claims.stream().allMatch(Claim::isPossible)) {
                claims.forEach(claim -> kept.merge(claim.share(), claim.places(), Integer::sum));
            }
            refusals.refused(this, request, unmet);
        }

        String words(List<Claim> unmet) {
            return new WaitWords(taken, holders).of(unmet);
        }

        private int spoken(Claim claim) {
            return taken.getOrDefault(claim.share(), 0) + kept.getOrDefault(claim.share(), 0);
        }
    }
}
