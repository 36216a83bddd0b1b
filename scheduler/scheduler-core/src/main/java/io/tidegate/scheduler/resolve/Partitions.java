package io.tidegate.scheduler.resolve;

import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.step.Step;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.resolve.ResolvedWork.Input;
import io.tidegate.scheduler.resolve.ResolvedWork.Output;
import io.tidegate.scheduler.resolve.ResolvedWork.Partition;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.store.ResolutionReads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which partitions a step of a run reads and writes, and where they lie. */
final class Partitions {
    private final LogicalTimes times;
    private final DagGraph graph;
    private final Run run;
    private final TemplateValues values;

    Partitions(LogicalTimes times, String home, DagGraph graph, Run run) {
        this.times = times;
        this.graph = graph;
        this.run = run;
        this.values = TemplateValues.of(home, run);
    }

    /** What a step reads, without what is known of the content; references to the same dataset become one input. */
    List<Input> inputs(Step step) {
        Map<DatasetName, Map<Integer, Partition>> byDataset = new LinkedHashMap<>();
        for (InputReference reference : step.inputs()) {
            Map<Integer, Partition> partitions =
                    byDataset.computeIfAbsent(reference.dataset(), name -> new TreeMap<>(Comparator.naturalOrder()));
            partitions(reference).forEach(partition -> partitions.put(partition.offset(), partition));
        }
        List<Input> inputs = new ArrayList<>();
        byDataset.forEach((name, partitions) -> inputs.add(new Input(dataset(name), List.copyOf(partitions.values()))));
        return List.copyOf(inputs);
    }

    List<Output> outputs(Step step) {
        return step.outputs().stream().map(this::output).toList();
    }

    private Output output(DatasetName name) {
        Dataset dataset = dataset(name);
        Partition own = own(dataset);
        return new Output(dataset, own.name(), own.uri());
    }

    private List<Partition> partitions(InputReference reference) {
        Dataset dataset = dataset(reference.dataset());
        if (!dataset.isPartitionedByInterval()) {
            return List.of(own(dataset));
        }
        List<Partition> found = new ArrayList<>();
        Optional<DataInterval> interval = Optional.of(interval(dataset));
        for (int offset = 0; offset >= reference.firstOffset() && interval.isPresent(); offset--) {
            if (offset <= reference.lastOffset()) {
                found.add(partition(dataset, interval.get(), offset));
            }
            interval = before(interval.get());
        }
        return found;
    }

    /** The run's own partition of a dataset. */
    private Partition own(Dataset dataset) {
        if (dataset.isPartitionedByInterval()) {
            return partition(dataset, interval(dataset), 0);
        }
        return new Partition("", dataset.uri().render(values), 0, Optional.empty());
    }

    private Partition partition(Dataset dataset, DataInterval interval, int offset) {
        return new Partition(interval.partition(), dataset.uri().render(values.at(interval)), offset, Optional.empty());
    }

    /** The schedule's interval before; empty where the schedule begins. */
    private Optional<DataInterval> before(DataInterval interval) {
        Optional<Schedule> schedule = graph.definition().schedule();
        return schedule.flatMap(found -> times.shift(found, interval, -1));
    }

    private DataInterval interval(Dataset dataset) {
        return run.interval()
                .orElseThrow(() -> new IllegalArgumentException("dataset " + dataset.name()
                        + " has a partition for each interval, but this run is for no interval: start it with one"));
    }

    private Dataset dataset(DatasetName name) {
        return graph.dataset(name)
                .orElseThrow(() ->
                        new IllegalStateException("DAG " + graph.definition().id() + " declares no dataset " + name));
    }

    /** The inputs with what is known of their content, and what is missing of those that this DAG should have written. */
    Looked look(List<Input> inputs, ResolutionReads reads) {
        List<Input> known = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Input input : inputs) {
            if (graph.producer(input.dataset().name()).isEmpty()) {
                known.add(input); // Comes from outside, so that nothing was written down about it.
                continue;
            }
            Map<String, PartitionUse> written = written(input, reads);
            List<Partition> partitions = new ArrayList<>();
            for (Partition partition : input.partitions()) {
                PartitionUse use = written.get(partition.name());
                if (use == null) {
                    missing.add(name(input.dataset(), partition));
                } else {
                    partitions.add(new Partition(
                            partition.name(),
                            partition.uri(),
                            partition.offset(),
                            use.content().fingerprint()));
                }
            }
            known.add(new Input(input.dataset(), partitions));
        }
        return new Looked(known, missing);
    }

    /**
     * @param missing names of partitions that were never written
     */
    record Looked(List<Input> inputs, List<String> missing) {
        Looked {
            inputs = List.copyOf(inputs);
            missing = List.copyOf(missing);
        }
    }

    private Map<String, PartitionUse> written(Input input, ResolutionReads reads) {
        List<String> names = input.partitions().stream().map(Partition::name).toList();
        return reads.partitions(graph.definition().id(), input.dataset().name(), names).stream()
                .collect(Collectors.toMap(PartitionUse::partition, Function.identity(), (first, second) -> second));
    }

    private static String name(Dataset dataset, Partition partition) {
        return partition.name().isEmpty() ? dataset.name().value() : dataset.name() + "@" + partition.name();
    }
}
