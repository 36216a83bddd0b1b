package io.tidegate.server.rest;

import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.BackfillStore.Moved;
import io.tidegate.scheduler.trigger.BackfillService;
import io.tidegate.scheduler.view.BackfillQueries;
import io.tidegate.scheduler.view.BackfillViews;
import io.tidegate.scheduler.view.Page;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** Backfills that were begun: watching, pausing, resuming and ending them. */
@Path("/backfills")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BackfillResource {
    private final BackfillService service;
    private final BackfillQueries queries;
    private final Runnable wake;
    private final InstantSource clock;

    /** @param wake tells those who make runs of backfills that there is something to do */
    BackfillResource(BackfillService service, BackfillQueries queries, Runnable wake, InstantSource clock) {
        this.service = service;
        this.queries = queries;
        this.wake = wake;
        this.clock = clock;
    }

    @GET
    public Page<BackfillViews.Summary> list(
            @QueryParam("dag") String dag, @QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        int size = Requests.limit(limit);
        Optional<String> only = Requests.filter("dag", dag);
        Optional<String> from = Requests.filter("after", after);
        return Requests.page(after, () -> queries.backfills(only, from, size));
    }

    @GET
    @Path("/{id}")
    public BackfillViews.Summary get(@PathParam("id") String id) {
        return require(number(id));
    }

    @GET
    @Path("/{id}/intervals")
    public Page<BackfillViews.IntervalView> intervals(
            @PathParam("id") String id, @QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        long backfill = require(number(id)).id();
        int size = Requests.limit(limit);
        Optional<String> from = Requests.filter("after", after);
        return Requests.page(after, () -> queries.intervals(backfill, from, size));
    }

    @POST
    @Path("/{id}/pause")
    public BackfillViews.Summary pause(@PathParam("id") String id, Requests.MoveBackfill request) {
        return move(number(id), BackfillState.Event.PAUSE, false, request);
    }

    @POST
    @Path("/{id}/resume")
    public BackfillViews.Summary resume(@PathParam("id") String id, Requests.MoveBackfill request) {
        return move(number(id), BackfillState.Event.RESUME, false, request);
    }

    @POST
    @Path("/{id}/cancel")
    public BackfillViews.Summary cancel(@PathParam("id") String id, Requests.MoveBackfill request) {
        String running = Optional.ofNullable(request)
                .flatMap(Requests.MoveBackfill::running)
                .orElse("cancel");
        boolean cancelRuns = switch (running) {
            case "cancel" -> true;
            case "leave" -> false;
            default -> throw ProblemException.badRequest("running must be cancel or leave, not '" + running + "'");
        };
        return move(number(id), BackfillState.Event.CANCEL, cancelRuns, request);
    }

    private BackfillViews.Summary move(
            long id, BackfillState.Event event, boolean cancelRuns, Requests.MoveBackfill request) {
        String reason = Requests.reason(Optional.ofNullable(request).flatMap(Requests.MoveBackfill::reason));
        Moved moved = service.move(id, event, cancelRuns, by(reason)).orElseThrow(() -> missing(Long.toString(id)));
        if (!moved.changed()) {
            throw ProblemException.conflict(
                    "backfill " + id + " is " + word(moved.before()) + ", so it cannot " + word(event));
        }
        wake.run();
        return require(id);
    }

    private Audit by(String reason) {
        return new Audit(RunCommands.ACTOR, reason, clock.instant());
    }

    private BackfillViews.Summary require(long id) {
        return queries.backfill(id).orElseThrow(() -> missing(Long.toString(id)));
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException notOne) {
            throw missing(id);
        }
    }

    private static ProblemException missing(String id) {
        return ProblemException.notFound("there is no backfill '" + id + "'");
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
