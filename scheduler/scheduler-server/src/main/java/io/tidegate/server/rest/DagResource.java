package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.store.RunStore.CreatedRun;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import io.tidegate.scheduler.trigger.TriggerService;
import io.tidegate.scheduler.view.DagViews;
import io.tidegate.scheduler.view.Page;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** DAGs: what is declared, and starting runs of it. */
@Path("/dags")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DagResource {
    private static final int CREATED = 201;

    private final DagPresenter dags;
    private final RunPresenter runs;
    private final DagStore store;
    private final TriggerService triggers;
    private final DagWakeUps wakeUps;
    private final InstantSource clock;

    DagResource(
            DagPresenter dags,
            RunPresenter runs,
            DagStore store,
            TriggerService triggers,
            DagWakeUps wakeUps,
            InstantSource clock) {
        this.dags = dags;
        this.runs = runs;
        this.store = store;
        this.triggers = triggers;
        this.wakeUps = wakeUps;
        this.clock = clock;
    }

    /** Who is woken when runs were made or a pause ended. */
    public interface DagWakeUps {
        /** Runs were made. */
        void runsMade();

        /** The DAG was paused or unpaused. */
        void scheduleChanged(DagId dag);
    }

    @GET
    @Path("/problems")
    public Page<DagViews.FileProblem> problems() {
        return new Page<>(dags.problems(), Optional.empty());
    }

    @GET
    @Path("/{dag}")
    public DagViews.Detail get(@PathParam("dag") String dag) {
        return dags.detail(Requests.dag(dag));
    }

    @POST
    @Path("/{dag}/pause")
    public DagViews.Summary pause(@PathParam("dag") String dag, Requests.Pause request) {
        return setPaused(Requests.dag(dag), true, request);
    }

    @POST
    @Path("/{dag}/unpause")
    public DagViews.Summary unpause(@PathParam("dag") String dag, Requests.Pause request) {
        return setPaused(Requests.dag(dag), false, request);
    }

    @POST
    @Path("/{dag}/runs")
    public Response run(@PathParam("dag") String dag, Requests.NewRun request) {
        DagId id = Requests.dag(dag);
        Requests.NewRun wanted = Requests.body(request);
        Optional<LocalDate> day = wanted.interval().map(text -> Requests.day("interval", text));
        CreatedRun run = Requests.explained(
                "the run", () -> triggers.manual(id, day, wanted.parameters().orElse(Map.of()), RunCommands.ACTOR));
        wakeUps.runsMade();
        return Response.status(CREATED).entity(runs.summary(run.id())).build();
    }

    /** @param request absent when nobody gave a reason */
    private DagViews.Summary setPaused(DagId dag, boolean paused, Requests.Pause request) {
        String reason = Requests.reason(Optional.ofNullable(request).flatMap(Requests.Pause::reason));
        if (!store.setPaused(dag, paused, new Audit(RunCommands.ACTOR, reason, clock.instant()))) {
            throw ProblemException.notFound("there is no DAG '" + dag + "'");
        }
        wakeUps.scheduleChanged(dag);
        CurrentDag current = dags.require(dag);
        return dags.summary(current);
    }
}
