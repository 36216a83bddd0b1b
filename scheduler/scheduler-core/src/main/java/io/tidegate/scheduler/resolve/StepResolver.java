package io.tidegate.scheduler.resolve;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.model.ThresholdRule;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.TemplateException;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.publication.GateEvaluator;
import io.tidegate.scheduler.refit.ModelFacts;
import io.tidegate.scheduler.refit.ThresholdEvaluator;
import io.tidegate.scheduler.resolve.ResolvedWork.Input;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.store.ResolutionReads;
import io.tidegate.scheduler.store.ResolutionReads.MetricPoint;
import io.tidegate.scheduler.threshold.ThresholdReading;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks up what a ready step needs and decides with it what becomes of the step. Writes nothing. Safe for use by several threads.
 */
public final class StepResolver {
    private final ResolutionReads reads;
    private final LogicalTimes times;
    private final StepConditions conditions;
    private final JsonValues json;
    private final String home;

    /**
     * @param home absolute path of the data home, the value of {@code {{ home }}}
     */
    public StepResolver(
            ResolutionReads reads, LogicalTimes times, StepConditions conditions, JsonValues json, String home) {
        this.reads = Objects.requireNonNull(reads, "reads");
        this.times = Objects.requireNonNull(times, "times");
        this.conditions = Objects.requireNonNull(conditions, "conditions");
        this.json = Objects.requireNonNull(json, "json");
        this.home = Objects.requireNonNull(home, "home");
    }

    /** What becomes of the step, when nothing of it is in the database; empty when {@link #resolve} must look. */
    public Optional<Resolution> withoutReads(DagGraph graph, Run run, StepId id) {
        Step step = graph.step(id);
        boolean readsOwnData = step.inputs().stream()
                .anyMatch(input -> graph.producer(input.dataset()).isPresent());
        EarlierSteps earlier = new EarlierSteps(conditions, graph, run);
        if (readsOwnData
                || step.work().model().isPresent()
                || !earlier.areIrrelevantTo(step)
                || EarlierInterval.matters(step, run)) {
            return Optional.empty();
        }
        Partitions partitions = new Partitions(times, home, graph, run);
        try {
            return earlier.refusal(step, Optional.empty())
                    .or(() -> Optional.of(
                            isExpandable(step)
                                    ? new ItemList(json, run).resolution(step, Map.of())
                                    : new Resolution.Launch(new ResolvedWork(
                                            partitions.inputs(step),
                                            partitions.outputs(step),
                                            Optional.empty(),
                                            Optional.empty()))));
        } catch (IllegalArgumentException | TemplateException undeclarable) {
            return Optional.of(new Resolution.Fail(undeclarable.getMessage()));
        }
    }

    /**
     * What becomes of the step.
     *
     * @throws io.tidegate.scheduler.store.StoreUnavailableException when the same call may work later
     */
    public Resolution resolve(DagGraph graph, Run run, StepId id) {
        Step step = graph.step(id);
        EarlierSteps earlier = new EarlierSteps(conditions, graph, run);
        try {
            Optional<Resolution> refusal = new EarlierInterval(times, reads)
                    .hold(graph, run, step)
                    .or(() -> earlier.refusal(step, Optional.of(reads)));
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (isExpandable(step)) {
                return new ItemList(json, run).resolution(step, earlier.values(step, reads));
            }
            if (step.work() instanceof Work.Publish publish) {
                return publish(publish, run);
            }
            Optional<ModelVersion> champion = step.work().model().flatMap(reads::champion);
            if (step.kind() == StepKind.EVALUATE && champion.isEmpty()) {
                return new Resolution.Skip(
                        step.work().model().orElseThrow() + " has no champion yet", Optional.empty());
            }
            Optional<ThresholdReading> reading = step.work() instanceof Work.Refit refit
                    ? Optional.of(read(refit, run, champion.isPresent()))
                    : Optional.empty();
            if (reading.isPresent() && !reading.get().open()) {
                return new Resolution.Skip(reading.get().explanation(), reading);
            }
            Partitions partitions = new Partitions(times, home, graph, run);
            Partitions.Looked looked = partitions.look(partitions.inputs(step), reads);
            if (!looked.missing().isEmpty()) {
                return new Resolution.Fail(String.join(", ", looked.missing())
                        + " should be there and was never written: run or backfill the intervals before this one");
            }
            return new Resolution.Launch(new ResolvedWork(
                    looked.inputs(), partitions.outputs(step), champion, reading, earlier.values(step, reads)));
        } catch (IllegalArgumentException | TemplateException undeclarable) {
            return new Resolution.Fail(undeclarable.getMessage());
        }
    }

    /**
     * What an attempt that is going works on, looked up again after a restart: as {@link #resolve}, without deciding anything.
     *
     * @throws IllegalArgumentException when the declaration makes no sense for the run
     * @throws TemplateException when a template names nothing
     */
    public ResolvedWork workOf(DagGraph graph, Run run, StepId id) {
        Step step = graph.step(id);
        Partitions partitions = new Partitions(times, home, graph, run);
        List<Input> inputs = partitions.look(partitions.inputs(step), reads).inputs();
        Optional<ModelVersion> champion = step.work().model().flatMap(reads::champion);
        Map<String, String> values = new EarlierSteps(conditions, graph, run).values(step, reads);
        return new ResolvedWork(inputs, partitions.outputs(step), champion, Optional.empty(), values);
    }

    private static boolean isExpandable(Step step) {
        return step.foreach().isPresent() && !step.id().isItem();
    }

    private Resolution publish(Work.Publish publish, Run run) {
        ModelName model = publish.modelName();
        Optional<ModelVersion> challenger = reads.challenger(model, run.id());
        if (challenger.isEmpty()) {
            return new Resolution.Skip(
                    "this run has registered no version of " + model + " that is still to be judged", Optional.empty());
        }
        ModelVersion judged = challenger.get();
        GateVerdict verdict = GateEvaluator.judge(
                publish.gate(), judged, reads.champion(model), reads.metrics(run.id(), judged.step()));
        return new Resolution.Publish(verdict);
    }

    private ThresholdReading read(Work.Refit refit, Run run, boolean hasChampion) {
        ModelName model = refit.training().model();
        Instant start =
                run.interval().map(DataInterval::start).orElse(run.progress().createdAt());
        Map<String, Integer> lengths = new HashMap<>();
        for (OpenCondition.Rule rule : refit.openWhen().rules()) {
            if (rule instanceof OpenCondition.Threshold threshold) {
                ThresholdRule measured = threshold.rule();
                lengths.merge(measured.metric(), ThresholdEvaluator.historyLength(measured), Math::max);
            }
        }
        Map<String, List<MetricPoint>> histories = new HashMap<>();
        lengths.forEach((metric, length) -> histories.put(metric, reads.history(model, metric, start, length)));
        return ThresholdEvaluator.read(
                refit.openWhen(),
                new ModelFacts(model, hasChampion, histories, reads.lastTraining(model, start), start));
    }
}
