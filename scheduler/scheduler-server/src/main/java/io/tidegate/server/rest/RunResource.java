package io.tidegate.server.rest;

import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.view.Page;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs: lists, one run, its history, and what people may ask of it. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RunResource {
    private final RunQueries queries;
    private final RunPresenter presenter;
    private final RunCommands commands;

    RunResource(RunQueries queries, RunPresenter presenter, RunCommands commands) {
        this.queries = queries;
        this.presenter = presenter;
        this.commands = commands;
    }

    @GET
    public Page<RunViews.Summary> list(
            @QueryParam("dag") String dag,
            @QueryParam("state") String state,
            @QueryParam("after") String after,
            @QueryParam("limit") Integer limit) {
        Optional<RunState> wanted = Optional.ofNullable(state).map(RunResource::state);
        int size = Requests.limit(limit);
        Optional<String> only = Requests.filter("dag", dag);
        Optional<String> from = Requests.filter("after", after);
        return Requests.page(after, () -> queries.runs(only, wanted, from, size));
    }

    @GET
    @Path("/{run}")
    public RunViews.Detail get(@PathParam("run") String run) {
        return presenter.detail(Requests.run(run));
    }

    @GET
    @Path("/{run}/events")
    public Page<RunViews.EventView> events(
            @PathParam("run") String run, @QueryParam("after") Long after, @QueryParam("limit") Integer limit) {
        RunId id = Requests.run(run);
        presenter.summary(id);
        int size = Requests.limit(limit);
        List<RunViews.EventView> events = queries.events(id, after == null ? 0 : after, size);
        return new Page<>(
                events,
                events.size() < size
                        ? Optional.empty()
                        : Optional.of(String.valueOf(events.get(size - 1).id())));
    }

    @GET
    @Path("/{run}/steps/{step}")
    public RunViews.StepDetail step(@PathParam("run") String run, @PathParam("step") String step) {
        RunId id = Requests.run(run);
        StepId stepId = Requests.step(step);
        RunViews.Step shown = presenter.step(presenter.summary(id), stepId);
        RunQueries.MetricFilter filter = new RunQueries.MetricFilter(
                Optional.empty(), Optional.of(run), Optional.of(step), Optional.empty(), Optional.empty(), true);
        return new RunViews.StepDetail(
                shown,
                presenter.attempts(id, stepId),
                queries.metrics(filter, Optional.empty(), Requests.LARGEST_PAGE).items(),
                queries.uses(id, stepId),
                queries.outputs(id, stepId));
    }

    @POST
    @Path("/{run}/cancel")
    public Response cancel(@PathParam("run") String run, Requests.Cancel request) {
        RunViews.Summary summary = presenter.summary(Requests.run(run));
        if (summary.state().isTerminal()) {
            throw ProblemException.conflict("run " + run + " has already ended: "
                    + summary.state().name().toLowerCase(Locale.ROOT));
        }
        commands.give(
                summary,
                CommandStore.Type.CANCEL,
                CommandStore.Target.RUN,
                Requests.reason(Requests.body(request).reason()));
        return accepted(run);
    }

    private Response accepted(String run) {
        return Response.accepted(presenter.summary(Requests.run(run))).build();
    }

    private static RunState state(String word) {
        return Arrays.stream(RunState.values())
                .filter(state -> state.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest("there is no run state '" + word + "'; known are "
                        + Arrays.toString(RunState.values()).toLowerCase(Locale.ROOT)));
    }
}
