package io.tidegate.scheduler.resolve;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepTemplates;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.store.ResolutionReads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What earlier steps of a run reported: values for templates, and the verdict of a condition over them. */
final class EarlierSteps {
    private final StepConditions conditions;
    private final DagGraph graph;
    private final Run run;

    EarlierSteps(StepConditions conditions, DagGraph graph, Run run) {
        this.conditions = conditions;
        this.graph = graph;
        this.run = run;
    }

    /** Whether nothing they reported matters to the step. */
    boolean areIrrelevantTo(Step step) {
        return StepTemplates.outputs(step).isEmpty()
                && (step.id().isItem() || conditions.reads(graph, step.id()).isNothing());
    }

    /** What becomes of the step by its condition; empty when it may run. */
    Optional<Resolution> refusal(Step step, Optional<ResolutionReads> reads) {
        if (step.start().when().isEmpty() || step.id().isItem()) {
            return Optional.empty();
        }
        StepConditions.Verdict verdict = conditions.verdict(graph, step.id(), facts(step, reads));
        String condition = step.start().when().get().text();
        if (verdict.holds().isEmpty()) {
            return Optional.of(new Resolution.Fail("when is " + condition + ", and " + verdict.explanation()));
        }
        String read = verdict.explanation().isEmpty() ? "" : ", and " + verdict.explanation();
        return verdict.holds().get()
                ? Optional.empty()
                : Optional.of(new Resolution.Skip("when is " + condition + read, Optional.empty()));
    }

    private StepConditions.Facts facts(Step step, Optional<ResolutionReads> reads) {
        StepConditions.Reads wanted = conditions.reads(graph, step.id());
        Map<StepId, Map<String, String>> outputs = new HashMap<>();
        Map<StepId, Map<String, Double>> metrics = new HashMap<>();
        reads.ifPresent(store -> {
            wanted.outputs().forEach(from -> outputs.put(from, outputs(store, from)));
            wanted.metrics().forEach(from -> metrics.put(from, metrics(store, from)));
        });
        return new StepConditions.Facts(run.parameters(), run.interval(), outputs, metrics);
    }

    /** What a step reported; of a step with items each value as the list of theirs. */
    private Map<String, String> outputs(ResolutionReads store, StepId from) {
        if (graph.step(from).foreach().isEmpty()) {
            return store.outputs(run.id(), from);
        }
        List<Map<String, String>> items = store.itemOutputs(run.id(), from);
        Set<String> names = new TreeSet<>(graph.step(from).execution().returns().keySet());
        items.forEach(item -> names.addAll(item.keySet()));
        Map<String, String> lists = new HashMap<>();
        names.forEach(name -> lists.put(
                name,
                items.stream()
                        .map(item -> item.getOrDefault(name, "null"))
                        .collect(Collectors.joining(",", "[", "]"))));
        return lists;
    }

    private Map<String, Double> metrics(ResolutionReads store, StepId from) {
        Map<String, Double> metrics = new HashMap<>();
        for (StepReport.Metric metric : store.metrics(run.id(), from)) {
            if (metric.subject().slice().isEmpty()) {
                metrics.put(metric.name(), metric.value());
            }
        }
        return metrics;
    }

    /**
     * Values that the step's templates name.
     *
     * @throws IllegalArgumentException when one was not reported
     */
    Map<String, String> values(Step step, ResolutionReads reads) {
        Set<OutputReference> wanted = StepTemplates.outputs(step);
        Map<StepId, Map<String, String>> known = new HashMap<>();
        Map<String, String> values = new HashMap<>();
        for (OutputReference output : wanted) {
            String value = known.computeIfAbsent(output.step(), from -> outputs(reads, from))
                    .get(output.name());
            if (value == null) {
                throw new IllegalArgumentException(
                        output + " has no value: step " + output.step() + " did not report '" + output.name() + "'");
            }
            values.put(output.toString(), value);
        }
        return values;
    }
}
