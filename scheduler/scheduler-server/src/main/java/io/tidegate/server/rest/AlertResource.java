package io.tidegate.server.rest;

import io.tidegate.scheduler.store.AlertStore;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.scheduler.view.DataViews;
import io.tidegate.scheduler.view.Page;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Alerts: the open ones, the past ones, and closing one by hand. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AlertResource {
    private static final int MOST = 200;

    private final DataQueries queries;
    private final AlertStore store;
    private final UnaryOperator<DataViews.AlertView> enriched;
    private final InstantSource clock;

    /**
     * @param enriched adds what only files and DAG versions know: the failing line of the log, what is affected
     */
    AlertResource(
            DataQueries queries, AlertStore store, UnaryOperator<DataViews.AlertView> enriched, InstantSource clock) {
        this.queries = queries;
        this.store = store;
        this.enriched = enriched;
        this.clock = clock;
    }

    @GET
    public Page<DataViews.AlertView> list(@QueryParam("open") @DefaultValue("false") boolean open) {
        List<DataViews.AlertView> alerts =
                queries.alerts(open, MOST).stream().map(enriched).toList();
        return new Page<>(alerts, Optional.empty());
    }

    @POST
    @Path("/{id}/resolve")
    public DataViews.AlertView resolve(@PathParam("id") long id, Requests.Resolve request) {
        String reason = Requests.reason(Requests.body(request).reason());
        if (queries.alert(id).isEmpty()) {
            throw ProblemException.notFound("there is no alert " + id);
        }
        store.resolve(id, RunCommands.ACTOR, reason, clock.instant());
        return queries.alert(id).map(enriched).orElseThrow(() -> ProblemException.notFound("there is no alert " + id));
    }
}
