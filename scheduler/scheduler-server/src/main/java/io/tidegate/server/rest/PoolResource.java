package io.tidegate.server.rest;

import io.tidegate.dag.step.Places;
import io.tidegate.dag.step.PoolName;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.pool.PlaceRequest;
import io.tidegate.scheduler.pool.PlaceRule;
import io.tidegate.scheduler.pool.Pool;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.PlaceStore;
import io.tidegate.scheduler.view.Page;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pools: who has places, who waits for some, and how many there are. */
@Path("/pools")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PoolResource {
    private final PlaceStore store;
    private final InstantSource clock;

    PoolResource(PlaceStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A pool as it stands.
     *
     * @param used places that attempts hold; more than there are for a time after a pool was made smaller
     * @param waiting how many places are waited for
     * @param configured how many the configuration says; absent for a pool that people made
     */
    public record PoolView(
            String pool,
            int places,
            int used,
            int free,
            int waiting,
            Optional<Integer> configured,
            Instant changedAt,
            String changedBy,
            List<Claim> holders,
            List<Claim> waiters) {}

    /**
     * An attempt that holds places or waits for them.
     *
     * @param since when it began to wait, also when it waits no longer
     * @param reason what it waits for; absent when it does not, or is about to get its places
     */
    public record Claim(
            String dag,
            String run,
            String step,
            String launchKey,
            int places,
            int priority,
            Instant since,
            Optional<String> reason) {}

    /** A line of the pools' history. */
    public record PoolEventView(Instant at, String pool, String type, int places, String actor, String reason) {}

    @GET
    public Page<PoolView> list() {
        PlaceStore.Standing standing = store.standing();
        Map<LaunchKey, String> reasons = reasons(standing);
        return new Page<>(
                standing.pools().stream()
                        .map(pool -> view(pool, standing, reasons))
                        .toList(),
                Optional.empty());
    }

    @GET
    @Path("/history")
    public Page<PoolEventView> history(@QueryParam("limit") Integer limit) {
        return new Page<>(
                store.history(Requests.limit(limit)).stream()
                        .map(event -> new PoolEventView(
                                event.at(),
                                event.pool().value(),
                                event.type(),
                                event.places(),
                                event.actor(),
                                event.reason()))
                        .toList(),
                Optional.empty());
    }

    @POST
    @Path("/{pool}")
    public PoolView set(@PathParam("pool") String pool, Requests.SetPool request) {
        Requests.SetPool wanted = Requests.body(request);
        int places = wanted.places()
                .filter(number -> number >= 0 && number <= Places.MOST)
                .orElseThrow(() -> ProblemException.badRequest("'places' must be from 0 to " + Places.MOST));
        PoolName name = name(pool)
                .orElseThrow(() -> ProblemException.badRequest("'" + pool
                        + "' is no name of a pool: names are lower-case letters and digits with single '-' or '_'"
                        + " between them, at most 50 characters"));
        store.set(name, places, by(wanted.reason()));
        return require(name);
    }

    @POST
    @Path("/{pool}/remove")
    public Page<PoolView> remove(@PathParam("pool") String pool, Requests.RemovePool request) {
        Optional<String> reason = Optional.ofNullable(request).flatMap(Requests.RemovePool::reason);
        if (!name(pool).map(name -> store.remove(name, by(reason))).orElse(false)) {
            throw ProblemException.notFound("there is no pool '" + pool + "'");
        }
        return list();
    }

    private PoolView require(PoolName name) {
        return list().items().stream()
                .filter(view -> view.pool().equals(name.value()))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("there is no pool '" + name + "'"));
    }

    private static Optional<PoolName> name(String text) {
        try {
            return Optional.of(new PoolName(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private Audit by(Optional<String> reason) {
        return new Audit(RunCommands.ACTOR, Requests.reason(reason), clock.instant());
    }

    private Map<LaunchKey, String> reasons(PlaceStore.Standing standing) {
        Map<PoolName, Integer> sizes = standing.pools().stream().collect(Collectors.toMap(Pool::name, Pool::places));
        return PlaceRule.reasons(sizes, standing.requests(), clock.instant());
    }

    private static PoolView view(Pool pool, PlaceStore.Standing standing, Map<LaunchKey, String> reasons) {
        List<Claim> holders = claims(pool, standing, true, reasons);
        List<Claim> waiters = claims(pool, standing, false, reasons);
        int used = holders.stream().mapToInt(Claim::places).sum();
        return new PoolView(
                pool.name().value(),
                pool.places(),
                used,
                Math.max(0, pool.places() - used),
                waiters.stream().mapToInt(Claim::places).sum(),
                pool.configured(),
                pool.changedAt(),
                pool.changedBy(),
                holders,
                waiters);
    }

    private static List<Claim> claims(
            Pool pool, PlaceStore.Standing standing, boolean granted, Map<LaunchKey, String> reasons) {
        return standing.requests().stream()
                .filter(request ->
                        request.granted() == granted && request.demand().pools().containsKey(pool.name()))
                .sorted(Comparator.comparing(PlaceRequest::rank)
                        .thenComparing(request -> request.key().value()))
                .map(request -> new Claim(
                        request.dag().value(),
                        request.run().toString(),
                        request.step().value(),
                        request.key().value(),
                        request.demand().pools().get(pool.name()),
                        request.demand().priority(),
                        request.since(),
                        Optional.ofNullable(reasons.get(request.key()))))
                .toList();
    }
}
