package io.tidegate.server.rest;

import io.tidegate.dag.model.ModelName;
import io.tidegate.scheduler.store.ModelStore;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.scheduler.view.DataViews;
import io.tidegate.scheduler.view.Page;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Models, their versions and champions; and taking a publication back. */
@Path("/models")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ModelResource {
    private final DataQueries queries;
    private final ModelStore store;
    private final Consumer<ModelStore.Champion> changed;
    private final InstantSource clock;

    /**
     * @param changed told after a champion was taken back, so that its pointer is written
     */
    ModelResource(DataQueries queries, ModelStore store, Consumer<ModelStore.Champion> changed, InstantSource clock) {
        this.queries = queries;
        this.store = store;
        this.changed = changed;
        this.clock = clock;
    }

    @GET
    public Page<DataViews.ModelSummary> list() {
        return new Page<>(queries.models(), Optional.empty());
    }

    @GET
    @Path("/{model}")
    public DataViews.ModelDetail get(@PathParam("model") String model) {
        return queries.model(name(model))
                .orElseThrow(() -> ProblemException.notFound("there is no model '" + model + "'"));
    }

    @POST
    @Path("/{model}/champion")
    public DataViews.ModelDetail takeBack(@PathParam("model") String model, Requests.TakeBack request) {
        DataViews.ModelDetail before = get(model);
        int version = Requests.body(request)
                .version()
                .orElseThrow(() -> ProblemException.badRequest("say which version is to be champion again"));
        if (before.summary().champion().equals(Optional.of(version))) {
            throw ProblemException.conflict("version " + version + " of " + model + " is champion already");
        }
        ModelStore.Champion champion = store.takeBack(
                        name(model), version, RunCommands.ACTOR, Requests.reason(request.reason()), clock.instant())
                .orElseThrow(() -> ProblemException.conflict("version " + version + " of " + model
                        + " never was champion; only a version that a gate let pass can be taken back"));
        changed.accept(champion);
        return get(model);
    }

    private static ModelName name(String text) {
        try {
            return new ModelName(text);
        } catch (IllegalArgumentException notOne) {
            throw ProblemException.notFound("there is no model '" + text + "'");
        }
    }
}
