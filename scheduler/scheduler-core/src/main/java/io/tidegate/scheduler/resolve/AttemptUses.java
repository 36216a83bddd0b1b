package io.tidegate.scheduler.resolve;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.scheduler.lineage.ModelUse;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.lineage.PartitionUse.Content;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.DatasetUse;
import io.tidegate.scheduler.report.StepReport.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an attempt used: what was declared for it, made exact by what it reported. Pure. */
public final class AttemptUses {
    private final DagId dag;
    private final Map<Place, PartitionUse> uses = new LinkedHashMap<>();

    private record Place(Direction direction, String dataset, String partition) {}

    private AttemptUses(DagId dag) {
        this.dag = dag;
    }

    /**
     * Partitions an attempt read and wrote. Where it reported one that was declared, what it said of the content counts; one that was not
     * declared is taken in when the DAG knows the dataset, and left to the report otherwise.
     */
    public static List<PartitionUse> partitions(DagGraph graph, ResolvedWork work, StepReport report) {
        AttemptUses uses = new AttemptUses(graph.definition().id());
        work.inputs()
                .forEach(input -> input.partitions()
                        .forEach(partition -> uses.declare(
                                Direction.READ,
                                input.dataset(),
                                partition.name(),
                                partition.uri(),
                                new Content(partition.fingerprint(), Optional.empty(), Optional.empty()))));
        work.outputs()
                .forEach(output -> uses.declare(
                        Direction.WRITE, output.dataset(), output.partition(), output.uri(), Content.UNKNOWN));
        for (DatasetUse reported : report.datasets()) {
            graph.definition().resources().datasets().stream()
                    .filter(dataset -> dataset.name().value().equals(reported.dataset()))
                    .findFirst()
                    .ifPresent(dataset -> uses.report(dataset, reported));
        }
        return List.copyOf(uses.uses.values());
    }

    /** Where partitions lie that were written and of whose content nothing was said. */
    public static List<String> untold(List<PartitionUse> uses) {
        return uses.stream()
                .filter(AttemptUses::isUntold)
                .map(PartitionUse::uri)
                .distinct()
                .toList();
    }

    /** The same with what was learnt about those, by URI; what the attempt itself said stays. */
    public static List<PartitionUse> told(List<PartitionUse> uses, Map<String, Content> learnt) {
        return uses.stream()
                .map(use -> isUntold(use) && learnt.containsKey(use.uri()) ? told(use, learnt.get(use.uri())) : use)
                .toList();
    }

    private static boolean isUntold(PartitionUse use) {
        return use.direction() == Direction.WRITE
                && use.content().fingerprint().isEmpty()
                && !use.uri().isEmpty();
    }

    private static PartitionUse told(PartitionUse use, Content learnt) {
        Content said = use.content();
        return new PartitionUse(
                use.direction(),
                use.dag(),
                use.dataset(),
                use.dataClass(),
                use.partition(),
                use.uri(),
                new Content(
                        learnt.fingerprint(),
                        said.rows().or(learnt::rows),
                        said.bytes().or(learnt::bytes)));
    }

    /** Model versions an attempt was given to work with. */
    public static List<ModelUse> models(ResolvedWork work) {
        return work.champion()
                .map(champion -> new ModelUse(champion.model(), champion.version(), ModelRole.CHAMPION))
                .map(List::of)
                .orElse(List.of());
    }

    private void declare(Direction direction, Dataset dataset, String partition, String uri, Content content) {
        uses.put(
                new Place(direction, dataset.name().value(), partition),
                new PartitionUse(direction, dag, dataset.name(), dataset.dataClass(), partition, uri, content));
    }

    private void report(Dataset dataset, DatasetUse reported) {
        Place place = new Place(reported.direction(), reported.dataset(), reported.partition());
        Optional<PartitionUse> declared = Optional.ofNullable(uses.get(place));
        Content before = declared.map(PartitionUse::content).orElse(Content.UNKNOWN);
        String uri = reported.uri().isEmpty() ? declared.map(PartitionUse::uri).orElse("") : reported.uri();
        Content content = new Content(
                reported.fingerprint().or(before::fingerprint),
                reported.rows().or(before::rows),
                reported.bytes().or(before::bytes));
        declare(reported.direction(), dataset, reported.partition(), uri, content);
    }
}
