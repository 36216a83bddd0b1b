package io.tidegate.server.rest;

import io.tidegate.dag.data.Dataset;
import io.tidegate.scheduler.trigger.CurrentDags;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.scheduler.view.DataViews;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** What was built on what. */
@Path("/lineage")
@Produces(MediaType.APPLICATION_JSON)
public final class LineageResource {
    private static final int LARGEST = 2000;
    private static final String DATASET = "dataset:";
    private static final String MODEL = "model:";

    private final CurrentDags dags;
    private final DataQueries queries;

    LineageResource(CurrentDags dags, DataQueries queries) {
        this.dags = dags;
        this.queries = queries;
    }

    @GET
    public DataViews.Lineage walk(
            @QueryParam("node") String node,
            @QueryParam("direction") @DefaultValue("both") String direction,
            @QueryParam("limit") @DefaultValue("300") int limit) {
        if (Requests.filter("node", node).orElse("").isBlank()) {
            throw ProblemException.badRequest(
                    "name a node, for example ?node=dataset:late-arrivals/clean_flights@2001-01-08 or ?node=model:late-arrival@2");
        }
        if (!List.of("both", "upstream", "downstream").contains(direction)) {
            throw ProblemException.badRequest(
                    "direction must be both, upstream or downstream, not '" + direction + "'");
        }
        if (limit < 1 || limit > LARGEST) {
            throw ProblemException.badRequest("limit must be between 1 and " + LARGEST + ", not " + limit);
        }
        String id = fullName(node.strip());
        return found(id, !direction.equals("downstream"), !direction.equals("upstream"), limit)
                .orElseThrow(() -> ProblemException.notFound(
                        "nothing is known of '" + node + "': no attempt read, wrote or made it"));
    }

    private Optional<DataViews.Lineage> found(String id, boolean upstream, boolean downstream, int limit) {
        try {
            return queries.lineage(id, upstream, downstream, limit);
        } catch (IllegalArgumentException noId) {
            throw ProblemException.badRequest(noId.getMessage());
        }
    }

    /** Spells out the short forms {@code clean_flights@2001-01-08} and {@code late-arrivals/clean_flights}. */
    private String fullName(String node) {
        if (node.startsWith(MODEL) || node.startsWith("step:")) {
            return node;
        }
        String name = node.startsWith(DATASET) ? node.substring(DATASET.length()) : node;
        if (name.contains("/")) {
            return DATASET + name;
        }
        int at = name.indexOf('@');
        String dataset = at < 0 ? name : name.substring(0, at);
        List<String> owners = dags.all().stream()
                .map(current -> current.graph().definition())
                .filter(definition -> definition.resources().datasets().stream()
                        .map(Dataset::name)
                        .anyMatch(candidate -> candidate.value().equals(dataset)))
                .map(definition -> definition.id().value())
                .toList();
        if (owners.isEmpty()
                && at < 0
                && queries.models().stream().anyMatch(model -> model.model().equals(dataset))) {
            return MODEL + dataset;
        }
        if (owners.isEmpty()) {
            throw ProblemException.notFound(
                    "no DAG declares a dataset '" + dataset + "'; a model is written model:" + dataset);
        }
        if (owners.size() > 1) {
            throw ProblemException.badRequest("several DAGs declare a dataset '" + dataset + "': "
                    + String.join(", ", owners) + "; write DAG/" + dataset);
        }
        return DATASET + owners.get(0) + "/" + name;
    }
}
