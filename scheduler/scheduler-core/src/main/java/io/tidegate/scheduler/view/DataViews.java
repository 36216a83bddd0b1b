package io.tidegate.scheduler.view;

import io.tidegate.scheduler.model.ModelState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Datasets, models, lineage and alerts as people see them. */
public final class DataViews {
    private DataViews() {}

    /** A declared dataset with what there is of it. */
    public record DatasetSummary(
            String dag,
            String dataset,
            String dataClass,
            String format,
            String uri,
            Optional<String> description,
            Optional<String> producer,
            List<String> readers,
            List<String> derivedFrom,
            int partitions,
            Optional<Instant> newestAt) {}

    /** The newest content of one partition. */
    public record Partition(
            String dag,
            String dataset,
            String dataClass,
            String partition,
            String uri,
            Optional<String> fingerprint,
            Optional<Long> rows,
            Optional<Long> bytes,
            Optional<String> run,
            Optional<String> step,
            Optional<Instant> writtenAt) {}

    /** A dataset with its partitions, newest first. */
    public record DatasetDetail(DatasetSummary summary, List<Partition> partitions) {}

    /** A model with its champion. */
    public record ModelSummary(
            String model,
            Optional<Integer> champion,
            Optional<Instant> championSince,
            int versions,
            Optional<String> target,
            List<String> dags) {}

    /** A model with its versions, newest first, and every change of champion, newest first. */
    public record ModelDetail(ModelSummary summary, List<ModelVersionView> versions, List<ChampionChange> history) {}

    /**
     * @param reason why it was rejected, accepted or taken back; empty text when there is nothing to say
     * @param trainedOn exactly the partitions it saw
     */
    public record ModelVersionView(
            String model,
            int version,
            ModelState state,
            String reason,
            String dag,
            String run,
            String step,
            Optional<String> partition,
            String bundle,
            Map<String, Double> metrics,
            Map<String, String> parameters,
            List<Partition> trainedOn,
            Instant createdAt) {}

    /** One change of champion. */
    public record ChampionChange(
            String model, Optional<Integer> from, int to, Instant at, String actor, String reason) {}

    /**
     * A part of the lineage graph.
     *
     * @param focus id of the node that was asked for
     */
    public record Lineage(String focus, List<LineageNode> nodes, List<LineageEdge> edges, boolean truncated) {}

    /**
     * @param id {@code dataset:DAG/NAME@PARTITION}, {@code step:RUN/STEP/ATTEMPT} or {@code model:NAME@VERSION}
     * @param type {@code dataset}, {@code step} or {@code model}
     * @param dataClass for datasets; models are algorithmic
     * @param facts small facts for people: rows, fingerprint, state, run
     */
    public record LineageNode(
            String id, String type, String label, Optional<String> dataClass, Map<String, String> facts) {}

    /** Data flows from one node to the other. */
    public record LineageEdge(String from, String to) {}

    /**
     * A problem that was told.
     *
     * @param logExcerpt the failing line of the log with what stands before it
     * @param affected what waits for or was built on what failed: names of steps and datasets
     * @param deliveries one line for each channel, for example {@code ml-oncall: delivered}
     */
    public record AlertView(
            long id,
            String state,
            String event,
            String dag,
            String run,
            Optional<String> step,
            Optional<String> partition,
            String message,
            Optional<String> logExcerpt,
            List<String> affected,
            Instant openedAt,
            Optional<Instant> resolvedAt,
            List<String> deliveries) {}
}
