package io.tidegate.scheduler.plan;

import io.tidegate.dag.model.Bound;
import io.tidegate.dag.step.Execution;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.Work;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.Metric;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether what a cleanse step with a program of the author's reported keeps the bounds of its quality. The built-in program holds its own
 * numbers against them, before it writes anything.
 */
final class Quality {
    private Quality() {}

    /** What is wrong, for the author; empty when every bound holds. What nobody measured holds no bound. */
    static Optional<String> problem(Step step, StepReport report) {
        if (!(step.work() instanceof Work.Cleanse cleanse) || step.execution().program() instanceof Execution.BuiltIn) {
            return Optional.empty();
        }
        return new TreeMap<>(cleanse.quality())
                .entrySet().stream()
                        .flatMap(rule -> problem(rule.getKey(), rule.getValue(), report).stream())
                        .findFirst();
    }

    private static Optional<String> problem(String name, Bound bound, StepReport report) {
        List<Metric> readings = report.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .filter(metric -> metric.subject().slice().isEmpty())
                .toList();
        String broken = "the quality bound '" + name + " " + bound + "' does not hold: ";
        if (readings.isEmpty()) {
            String first =
                    report.problems().isEmpty() ? "" : "; " + report.problems().get(0);
            return Optional.of(broken + "the step did not report the metric" + first);
        }
        return readings.stream()
                .filter(reading -> !bound.holds(reading.value()))
                .findFirst()
                .map(reading -> broken + "it is " + reading.value());
    }
}
