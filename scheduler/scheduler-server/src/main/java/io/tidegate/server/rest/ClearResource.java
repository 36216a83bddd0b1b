package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.trigger.ClearService;
import io.tidegate.scheduler.view.RunViews;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Runs the same steps of many runs again. */
@Path("/dags")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ClearResource {
    private final ClearService clears;
    private final Runnable wakeEngine;

    ClearResource(ClearService clears, Runnable wakeEngine) {
        this.clears = clears;
        this.wakeEngine = wakeEngine;
    }

    @POST
    @Path("/{dag}/clear")
    public RunViews.Clearing clear(@PathParam("dag") String dag, Requests.Clear request) {
        DagId id = Requests.dag(dag);
        Requests.Clear wanted = Requests.body(request);
        ClearService.Clear clear = new ClearService.Clear(
                Requests.required("from", wanted.from()),
                Requests.required("to", wanted.to()),
                wanted.steps().orElse(List.of()).stream().map(Requests::step).toList(),
                wanted.downstream().orElse(false),
                Requests.latest(wanted.version()));
        String reason = Requests.reason(wanted.reason());
        boolean dryRun = wanted.dryRun().orElse(false);
        RunViews.Clearing clearing =
                Requests.explained("the clearing", () -> clears.clear(id, clear, dryRun, RunCommands.ACTOR, reason));
        if (!dryRun) {
            wakeEngine.run();
        }
        return clearing;
    }
}
