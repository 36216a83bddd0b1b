package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.trigger.CurrentDags;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.scheduler.view.DataQueries.DatasetCount;
import io.tidegate.scheduler.view.DataViews;
import io.tidegate.scheduler.view.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Declared datasets and what there is of them. */
@Path("/datasets")
@Produces(MediaType.APPLICATION_JSON)
public final class DatasetResource {
    private static final int MOST_PARTITIONS = 500;

    private final CurrentDags dags;
    private final DataQueries queries;

    DatasetResource(CurrentDags dags, DataQueries queries) {
        this.dags = dags;
        this.queries = queries;
    }

    @GET
    public Page<DataViews.DatasetSummary> list() {
        Map<String, DatasetCount> counts = queries.datasetCounts();
        List<DataViews.DatasetSummary> summaries = dags.all().stream()
                .map(current -> current.graph())
                .flatMap(graph -> graph.definition().resources().datasets().stream()
                        .map(dataset -> summary(graph, dataset, counts)))
                .toList();
        return new Page<>(summaries, Optional.empty());
    }

    @GET
    @Path("/{dag}/{dataset}")
    public DataViews.DatasetDetail get(@PathParam("dag") String dag, @PathParam("dataset") String name) {
        DagId dagId = Requests.dag(dag);
        DagGraph graph = dags.find(dagId)
                .orElseThrow(() -> ProblemException.notFound("there is no DAG '" + dag + "'"))
                .graph();
        Dataset dataset = graph.definition().resources().datasets().stream()
                .filter(candidate -> candidate.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("DAG " + dag + " has no dataset '" + name + "'"));
        return new DataViews.DatasetDetail(
                summary(graph, dataset, queries.datasetCounts()),
                queries.partitions(dagId, dataset.name(), MOST_PARTITIONS));
    }

    private static DataViews.DatasetSummary summary(DagGraph graph, Dataset dataset, Map<String, DatasetCount> counts) {
        DagId dag = graph.definition().id();
        Optional<StepId> producer = graph.producer(dataset.name());
        DatasetCount count = counts.getOrDefault(dag + "/" + dataset.name(), new DatasetCount(0, Optional.empty()));
        return new DataViews.DatasetSummary(
                dag.value(),
                dataset.name().value(),
                dataset.dataClass().word(),
                dataset.format(),
                dataset.uri().source(),
                dataset.description(),
                producer.map(StepId::value),
                readers(graph, dataset.name()),
                producer.map(step -> sources(graph.step(step))).orElse(List.of()),
                count.partitions(),
                count.newestAt());
    }

    private static List<String> readers(DagGraph graph, DatasetName dataset) {
        return graph.definition().steps().stream()
                .filter(step ->
                        step.inputs().stream().anyMatch(input -> input.dataset().equals(dataset)))
                .map(step -> step.id().value())
                .toList();
    }

    private static List<String> sources(Step step) {
        return step.inputs().stream()
                .map(InputReference::dataset)
                .map(DatasetName::value)
                .distinct()
                .toList();
    }
}
