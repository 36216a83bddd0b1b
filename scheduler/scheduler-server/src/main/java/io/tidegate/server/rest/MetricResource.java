package io.tidegate.server.rest;

import io.tidegate.scheduler.view.Page;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
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
            @QueryParam("dag") String dag,
            @QueryParam("run") String run,
            @QueryParam("step") String step,
            @QueryParam("model") String model,
            @QueryParam("name") String name,
            @QueryParam("slices") @DefaultValue("false") boolean slices,
            @QueryParam("after") String after,
            @QueryParam("limit") Integer limit) {
        Optional<String> runId =
                Optional.ofNullable(run).map(text -> Requests.run(text).toString());
        RunQueries.MetricFilter filter = new RunQueries.MetricFilter(
                Requests.filter("dag", dag),
                runId,
                Requests.filter("step", step),
                Requests.filter("model", model),
                Requests.filter("name", name),
                slices);
        int size = Requests.limit(limit);
        Optional<String> from = Requests.filter("after", after);
        return Requests.page(after, () -> queries.metrics(filter, from, size));
    }
}
