package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.Reprocess;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.trigger.BackfillService;
import io.tidegate.scheduler.view.BackfillQueries;
import io.tidegate.scheduler.view.BackfillViews;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;

/** Backfills of a DAG: what one would do, and beginning it. */
@Path("/dags")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DagBackfillResource {
    private static final int CREATED = 201;

    private final BackfillService service;
    private final BackfillQueries queries;
    private final Runnable wake;
    private final InstantSource clock;

    /** @param wake tells those who make runs of backfills that there is something to do */
    DagBackfillResource(BackfillService service, BackfillQueries queries, Runnable wake, InstantSource clock) {
        this.service = service;
        this.queries = queries;
        this.wake = wake;
        this.clock = clock;
    }

    /** What a request asks for. */
    private record Wanted(DagId dag, Backfill.Stretch stretch, Backfill.Manner manner, Map<String, String> parameters) {
        static Wanted of(String dag, Requests.NewBackfill request) {
            Requests.NewBackfill body = Requests.body(request);
            return new Wanted(
                    Requests.dag(dag),
                    new Backfill.Stretch(Requests.required("from", body.from()), Requests.required("to", body.to())),
                    manner(body),
                    body.parameters().orElse(Map.of()));
        }

        private static Backfill.Manner manner(Requests.NewBackfill body) {
            int parallel = body.parallel().orElse(1);
            if (parallel < 1 || parallel > Backfill.Manner.MOST_PARALLEL) {
                throw ProblemException.badRequest(
                        "parallel must be between 1 and " + Backfill.Manner.MOST_PARALLEL + ", not " + parallel);
            }
            return new Backfill.Manner(
                    body.backwards().orElse(false), reprocess(body.reprocess().orElse("none")), parallel);
        }

        private static Reprocess reprocess(String word) {
            return Arrays.stream(Reprocess.values())
                    .filter(each -> each.name().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() ->
                            ProblemException.badRequest("reprocess must be none, failed or all, not '" + word + "'"));
        }
    }

    @POST
    @Path("/{dag}/backfills/preview")
    public BackfillViews.Preview preview(@PathParam("dag") String dag, Requests.NewBackfill request) {
        Wanted wanted = Wanted.of(dag, request);
        return Requests.explained(
                "the backfill",
                () -> service.preview(wanted.dag(), wanted.stretch(), wanted.manner(), wanted.parameters()));
    }

    @POST
    @Path("/{dag}/backfills")
    public Response begin(@PathParam("dag") String dag, Requests.NewBackfill request) {
        Wanted wanted = Wanted.of(dag, request);
        Audit by = new Audit(RunCommands.ACTOR, Requests.reason(request.reason()), clock.instant());
        long id = Requests.explained(
                "the backfill",
                () -> service.begin(wanted.dag(), wanted.stretch(), wanted.manner(), wanted.parameters(), by));
        wake.run();
        return Response.status(CREATED)
                .entity(queries.backfill(id).orElseThrow())
                .build();
    }
}
