package io.tidegate.scheduler.sample;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.ResolutionReads;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be looked up, as a test puts it there. Counts how often it was asked. */
public final class FakeReads implements ResolutionReads {
    private Past past = new Past(false, false, Optional.empty());
    private final List<PartitionUse> partitions = new ArrayList<>();
    private final Map<String, List<MetricPoint>> histories = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Optional<ModelVersion> champion = Optional.empty();
    private volatile Optional<ModelVersion> challenger = Optional.empty();
    private volatile Optional<RuntimeException> problem = Optional.empty();
    private volatile List<StepReport.Metric> metrics = List.of();
    private final Map<String, Map<String, String>> outputs = new ConcurrentHashMap<>();
    private final Map<String, List<Map<String, String>>> itemOutputs = new ConcurrentHashMap<>();

    public FakeReads champion(ModelVersion version) {
        champion = Optional.of(version);
        return this;
    }

    public FakeReads challenger(ModelVersion version) {
        challenger = Optional.of(version);
        return this;
    }

    public FakeReads metrics(StepReport.Metric... reported) {
        metrics = List.of(reported);
        return this;
    }

    /** JSON values that a step reported. */
    public FakeReads outputs(String step, Map<String, String> values) {
        outputs.put(step, values);
        return this;
    }

    /** JSON values that the items of a step reported. */
    public FakeReads itemOutputs(String step, List<Map<String, String>> values) {
        itemOutputs.put(step, values);
        return this;
    }

    public FakeReads history(String metric, MetricPoint... points) {
        histories.put(metric, List.of(points));
        return this;
    }

    public synchronized FakeReads written(PartitionUse use) {
        partitions.add(use);
        return this;
    }

    /** From now on looking things up goes wrong, or, with nothing, does not. */
    public FakeReads failing(Optional<RuntimeException> with) {
        problem = with;
        return this;
    }

    public static RuntimeException outage() {
        return new StoreUnavailableException("the database is away", null);
    }

    public int asked() {
        return asked.get();
    }

    private void ask() {
        asked.incrementAndGet();
        problem.ifPresent(found -> {
            throw found;
        });
    }

    @Override
    public Optional<ModelVersion> champion(ModelName model) {
        ask();
        return champion;
    }

    @Override
    public Optional<ModelVersion> challenger(ModelName model, RunId run) {
        ask();
        return challenger;
    }

    @Override
    public List<MetricPoint> history(ModelName model, String metric, Instant upTo, int limit) {
        ask();
        return histories.getOrDefault(metric, List.of());
    }

    @Override
    public Optional<Instant> lastTraining(ModelName model, Instant before) {
        ask();
        return Optional.empty();
    }

    @Override
    public List<StepReport.Metric> metrics(RunId run, StepId step) {
        ask();
        return metrics;
    }

    @Override
    public Map<String, String> outputs(RunId run, StepId step) {
        ask();
        return outputs.getOrDefault(step.value(), Map.of());
    }

    @Override
    public List<Map<String, String>> itemOutputs(RunId run, StepId step) {
        ask();
        return itemOutputs.getOrDefault(step.value(), List.of());
    }

    /** How every step stands in the interval before. */
    public synchronized void past(Past now) {
        past = now;
    }

    @Override
    public synchronized Past past(DagId dag, Instant intervalStart, StepId step) {
        ask();
        return past;
    }

    @Override
    public synchronized List<PartitionUse> partitions(DagId dag, DatasetName dataset, List<String> names) {
        ask();
        return partitions.stream()
                .filter(use -> use.dataset().equals(dataset) && names.contains(use.partition()))
                .toList();
    }
}
