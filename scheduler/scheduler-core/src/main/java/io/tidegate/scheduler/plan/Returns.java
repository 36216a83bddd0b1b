package io.tidegate.scheduler.plan;

import io.tidegate.dag.step.OutputType;
import io.tidegate.scheduler.report.StepReport;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether a step has reported the values that its declaration promises to later ones. */
final class Returns {
    private static final int LONGEST_VALUE = 60;

    private Returns() {}

    /** What is wrong, for the author; empty when every promise was kept. */
    static Optional<String> problem(Map<String, OutputType> returns, StepReport report) {
        return new TreeMap<>(returns)
                .entrySet().stream()
                        .flatMap(declared -> problem(declared.getKey(), declared.getValue(), report).stream())
                        .findFirst();
    }

    private static Optional<String> problem(String name, OutputType type, StepReport report) {
        String value = report.outputs().get(name);
        if (value == null) {
            String first =
                    report.problems().isEmpty() ? "" : "; " + report.problems().get(0);
            return Optional.of("it returns '" + name + "' by its declaration, and did not report it" + first);
        }
        return type.accepts(value)
                ? Optional.empty()
                : Optional.of("it returns '" + name + "' as " + type.word() + " by its declaration, and reported "
                        + (value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value));
    }
}
