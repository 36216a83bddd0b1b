package io.tidegate.server.rest;

import io.tidegate.scheduler.view.Page;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** Metrics across runs. */
@Path("/metrics")
@Produces(MediaType.APPLICATION_JSON)
public final class MetricResource {
    private final RunQueries queries;

    MetricResource(RunQueries queries) {
        this.queries = queries;
    }

    @GET
    public Page<RunViews.MetricView> list(
            @Context UriInfo address,
            @QueryParam("slices") @DefaultValue("false") boolean slices,
            @QueryParam("after") String after,
            @QueryParam("limit") Integer limit) {
        RunQueries.MetricFilter filter = new RunQueries.MetricFilter(
                asked(address, "dag"),
                asked(address, "run").map(text -> Requests.run(text).toString()),
                asked(address, "step"),
                asked(address, "model"),
                asked(address, "name"),
                slices);
        int size = Requests.limit(limit);
        Optional<String> from = Requests.filter("after", after);
        return Requests.page(after, () -> queries.metrics(filter, from, size));
    }

    private static Optional<String> asked(UriInfo address, String name) {
        return Requests.filter(name, address.getQueryParameters().getFirst(name));
    }
}
