package io.tidegate.server.dagtest.run;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.Direction;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.ResolutionReads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is known when a case's run starts, and what the run adds to it: the part of the database that look-ups ask. Not thread-safe.
 */
public final class GivenWorld implements ResolutionReads {
    private final DagGraph graph;
    private final Run run;
    private final Predicate<String> earlier;
    private final Map<ModelName, ModelVersion> champions = new HashMap<>();
    private final Map<ModelName, ModelVersion> challengers = new HashMap<>();
    private final Map<ModelName, Integer> newestVersions = new HashMap<>();
    private final Map<ModelName, Instant> trainings = new HashMap<>();
    private final Map<ModelName, Map<String, TreeMap<Instant, MetricPoint>>> histories = new HashMap<>();
    private final Map<StepId, List<StepReport.Metric>> metrics = new HashMap<>();
    private final Map<StepId, Map<String, String>> outputs = new HashMap<>();
    private final Map<StepId, Integer> items = new HashMap<>();
    private final Map<StepId, String> previous = new HashMap<>();
    private final Map<String, PartitionUse> written = new HashMap<>();

    /**
     * @param earlier whether a partition of an earlier interval is there, by its {@link #place}
     */
    GivenWorld(DagGraph graph, Run run, Predicate<String> earlier) {
        this.graph = graph;
        this.run = run;
        this.earlier = earlier;
    }

    /** A partition's name among those of all datasets. */
    public static String place(DatasetName dataset, String partition) {
        return dataset + "@" + partition;
    }

    // What a case says.

    void champion(ModelName model, int version) {
        champions.put(model, version(model, version, ModelState.CHAMPION, "given", new StepId("given")));
        newestVersions.put(model, version);
    }

    /** @param word one of {@link io.tidegate.dag.parser.testfile.Given#PREVIOUS} */
    void previous(StepId step, String word) {
        previous.put(step, word);
    }

    void trained(ModelName model, Instant intervalStart) {
        trainings.put(model, intervalStart);
    }

    void measured(ModelName model, String metric, MetricPoint point) {
        histories
                .computeIfAbsent(model, name -> new HashMap<>())
                .computeIfAbsent(metric, name -> new TreeMap<>())
                .put(point.intervalStart(), point);
    }

    // What the run adds.

    /** Takes in what the planner wants written, as the store does. */
    void write(Change change) {
        if (change instanceof Change.ReportTaken taken) {
            taken.uses().stream()
                    .filter(use -> use.direction() == Direction.WRITE)
                    .forEach(use -> written.put(place(use.dataset(), use.partition()), use));
            taken.report().models().forEach(model -> register(new ModelName(model.model()), model, taken.step()));
            metrics.put(taken.step(), taken.report().metrics());
            outputs.put(taken.step(), taken.report().outputs());
            taken.report().metrics().forEach(metric -> measured(metric, taken.report()));
        } else if (change instanceof Change.StepAdded added) {
            items.put(added.step().step(), added.step().itemIndex());
        } else if (change instanceof Change.PublicationDecided decided) {
            decide(decided.model(), decided.verdict());
        }
    }

    private void register(ModelName model, StepReport.RegisteredModel registered, StepId step) {
        int version = newestVersions.merge(model, 1, Integer::sum);
        challengers.put(model, version(model, version, ModelState.CANDIDATE, registered.bundle(), step));
    }

    private void decide(ModelName model, GateVerdict verdict) {
        ModelVersion judged = challengers.remove(model);
        if (verdict.accepted() && judged != null) {
            champions.put(model, version(model, judged.version(), ModelState.CHAMPION, judged.bundle(), judged.step()));
        }
    }

    /** What was measured to compare a challenger, or on a part of the rows, is not the champion's history. */
    private void measured(StepReport.Metric metric, StepReport report) {
        Optional<ModelName> model = metric.subject().model().map(ModelName::new);
        boolean comparison = !report.models().isEmpty()
                || report.metrics().stream()
                        .anyMatch(other -> other.subject().role().equals(Optional.of(ModelRole.CHALLENGER)));
        if (model.isPresent() && !comparison && metric.subject().slice().isEmpty()) {
            Instant start = run.interval()
                    .map(interval -> interval.start())
                    .orElse(run.progress().createdAt());
            String partition =
                    run.interval().map(interval -> interval.partition()).orElse("");
            measured(model.get(), metric.name(), new MetricPoint(partition, start, metric.value(), metric.samples()));
        }
    }

    private ModelVersion version(ModelName model, int version, ModelState state, String bundle, StepId step) {
        return new ModelVersion(model, version, state, bundle, "", run.id(), step);
    }

    // What look-ups ask.

    @Override
    public Map<String, String> outputs(RunId of, StepId step) {
        return outputs.getOrDefault(step, Map.of());
    }

    @Override
    public List<Map<String, String>> itemOutputs(RunId of, StepId step) {
        return items.entrySet().stream()
                .filter(item -> item.getKey().declared().equals(step) && outputs.containsKey(item.getKey()))
                .sorted(Map.Entry.comparingByValue())
                .map(item -> outputs.get(item.getKey()))
                .toList();
    }

    @Override
    public Past past(DagId dag, Instant intervalStart, StepId step) {
        String word = previous.getOrDefault(step, "succeeded");
        return word.equals("no_run")
                ? new Past(true, false, Optional.empty())
                : new Past(true, true, Optional.of(StepState.valueOf(word.toUpperCase(Locale.ROOT))));
    }

    @Override
    public Optional<ModelVersion> champion(ModelName model) {
        return Optional.ofNullable(champions.get(model));
    }

    @Override
    public Optional<ModelVersion> challenger(ModelName model, RunId of) {
        return Optional.ofNullable(challengers.get(model));
    }

    @Override
    public List<MetricPoint> history(ModelName model, String metric, Instant upTo, int limit) {
        List<MetricPoint> points = List.copyOf(histories
                .getOrDefault(model, Map.of())
                .getOrDefault(metric, new TreeMap<>())
                .headMap(upTo, true)
                .values());
        return points.subList(Math.max(0, points.size() - limit), points.size());
    }

    @Override
    public Optional<Instant> lastTraining(ModelName model, Instant before) {
        return Optional.ofNullable(trainings.get(model)).filter(start -> start.isBefore(before));
    }

    @Override
    public List<StepReport.Metric> metrics(RunId of, StepId step) {
        return metrics.getOrDefault(step, List.of());
    }

    @Override
    public List<PartitionUse> partitions(DagId dag, DatasetName dataset, List<String> partitions) {
        String own = run.interval().map(interval -> interval.partition()).orElse("");
        Dataset declared = graph.dataset(dataset).orElseThrow();
        List<PartitionUse> found = new ArrayList<>();
        for (String partition : partitions) {
            String place = place(dataset, partition);
            PartitionUse use = written.get(place);
            boolean isEarlier = !partition.isEmpty() && !partition.equals(own);
            if (use != null) {
                found.add(use);
            } else if (isEarlier && earlier.test(place)) {
                found.add(new PartitionUse(
                        Direction.WRITE,
                        dag,
                        dataset,
                        declared.dataClass(),
                        partition,
                        "",
                        PartitionUse.Content.UNKNOWN));
            }
        }
        return found;
    }
}
