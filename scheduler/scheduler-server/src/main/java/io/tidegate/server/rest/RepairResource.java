package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import io.tidegate.scheduler.trigger.TriggerException.Problem;
import io.tidegate.scheduler.view.RunViews;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people do about a run that went wrong: run steps again, or say how a step ended. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RepairResource {
    private final RunPresenter presenter;
    private final RestApi.Dags dags;
    private final RunCommands commands;

    RepairResource(RunPresenter presenter, RestApi.Dags dags, RunCommands commands) {
        this.presenter = presenter;
        this.dags = dags;
        this.commands = commands;
    }

    @POST
    @Path("/{run}/rerun")
    public Response rerun(@PathParam("run") String run, Requests.Rerun request) {
        RunViews.Summary summary = presenter.summary(Requests.run(run));
        Requests.Rerun wanted = Requests.body(request);
        Optional<StepId> step = wanted.step().map(Requests::step);
        CommandStore.Type type = type(wanted);
        checkRerun(summary, type);
        DagGraph original = presenter.graph(summary);
        Optional<CurrentDag> latest =
                Requests.latest(wanted.version()) ? Optional.of(latest(summary)) : Optional.empty();
        DagGraph graph = latest.map(CurrentDag::graph).orElse(original);
        step.filter(id -> !graph.hasStep(id)).ifPresent(id -> {
            throw ProblemException.notFound(
                    (latest.isPresent() ? "the latest version of " + summary.dag() : "run " + summary.run())
                            + " has no step '" + id + "'");
        });
        Optional<String> version =
                latest.map(dag -> dag.version().hash()).filter(hash -> !hash.equals(summary.version()));
        commands.give(
                summary,
                type,
                new CommandStore.Target(step.stream().toList(), version),
                Requests.reason(wanted.reason()));
        return Response.accepted(new RunViews.Rerun(
                        presenter.summary(Requests.run(run)),
                        version.orElse(summary.version()),
                        difference(graph, original),
                        difference(original, graph)))
                .build();
    }

    @POST
    @Path("/{run}/steps/{step}/mark")
    public Response mark(@PathParam("run") String run, @PathParam("step") String step, Requests.Mark request) {
        RunViews.Summary summary = presenter.summary(Requests.run(run));
        RunViews.Step shown = presenter.step(summary, Requests.step(step));
        Requests.Mark wanted = Requests.body(request);
        StepState state = switch (wanted.state().orElse("")) {
            case "succeeded" -> StepState.SUCCEEDED;
            case "failed" -> StepState.FAILED;
            default -> throw ProblemException.badRequest("state must be succeeded or failed");
        };
        String reason = Requests.requiredReason(wanted.reason(), "marking a step");
        if (summary.state() == RunState.QUEUED || summary.state() == RunState.CANCELLING) {
            throw ProblemException.conflict("run " + run + " is " + word(summary.state()) + "; wait until it is not");
        }
        if (shown.state() == state) {
            throw ProblemException.conflict("step " + step + " has " + word(state) + " already");
        }
        CommandStore.Type type =
                state == StepState.SUCCEEDED ? CommandStore.Type.MARK_SUCCEEDED : CommandStore.Type.MARK_FAILED;
        commands.give(summary, type, CommandStore.Target.step(Requests.step(step)), reason);
        return Response.accepted(presenter.summary(Requests.run(run))).build();
    }

    private static CommandStore.Type type(Requests.Rerun wanted) {
        String from = wanted.from().orElse("failed");
        boolean only = wanted.only().orElse(false);
        CommandStore.Type type = switch (from) {
            case "failed" -> CommandStore.Type.RERUN_FAILED;
            case "all" -> CommandStore.Type.RERUN_ALL;
            case "step" -> only ? CommandStore.Type.RERUN_ONLY : CommandStore.Type.RERUN_FROM;
            default -> throw ProblemException.badRequest("from must be failed, step or all, not '" + from + "'");
        };
        if (from.equals("step") != wanted.step().isPresent()) {
            throw ProblemException.badRequest("name a step exactly when from is 'step'");
        }
        if (only && !from.equals("step")) {
            throw ProblemException.badRequest("only goes with a step: without it there is nothing to leave out");
        }
        return type;
    }

    private static void checkRerun(RunViews.Summary summary, CommandStore.Type type) {
        if (!summary.state().isTerminal()) {
            throw ProblemException.conflict(
                    "run " + summary.run() + " is still going; cancel it first, or wait for its end");
        }
        if (type == CommandStore.Type.RERUN_FAILED && summary.state() == RunState.SUCCEEDED) {
            throw ProblemException.conflict("run " + summary.run() + " succeeded: there is no failed step to rerun");
        }
    }

    private CurrentDag latest(RunViews.Summary summary) {
        CurrentDag dag = dags.current()
                .find(new DagId(summary.dag()))
                .orElseThrow(() -> ProblemException.conflict(
                        "the file of DAG " + summary.dag() + " is gone, so there is no latest version"));
        List<Problem> misfits = dags.triggers().misfits(dag, summary.parameters());
        if (!misfits.isEmpty()) {
            throw ProblemException.badRequest(
                    "the run's parameters do not fit the latest version", Requests.errors(misfits));
        }
        return dag;
    }

    private static List<String> difference(DagGraph with, DagGraph without) {
        return with.order().stream()
                .filter(step -> !without.hasStep(step))
                .map(StepId::value)
                .toList();
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
