package io.tidegate.scheduler.plan;

import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Results of steps in words, for reasons. */
final class ResultWords {
    /** Names that are written out. */
    private static final int MOST_NAMES = 5;

    private final Function<StepId, Optional<StepResult>> results;

    ResultWords(Function<StepId, Optional<StepResult>> results) {
        this.results = results;
    }

    /** Those of the steps that ended with the result: {@code a and b were skipped}; empty text when there is none. */
    String of(Collection<StepId> steps, StepResult wanted) {
        List<String> names = steps.stream()
                .filter(step ->
                        results.apply(step).filter(result -> result == wanted).isPresent())
                .map(StepId::value)
                .collect(Collectors.toCollection(ArrayList::new));
        return names.isEmpty() ? "" : joined(names) + verb(wanted, names.size());
    }

    /** Everything that is known of the steps: {@code a succeeded; b and c were skipped}. */
    String all(Collection<StepId> steps) {
        List<String> parts = new ArrayList<>();
        for (StepResult result : StepResult.values()) {
            String part = of(steps, result);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return String.join("; ", parts);
    }

    private static String joined(List<String> names) {
        if (names.size() == 1) {
            return names.get(0);
        }
        int listed = Math.min(names.size() - 1, MOST_NAMES);
        String last = names.size() > MOST_NAMES ? (names.size() - listed) + " more" : names.get(listed);
        return String.join(", ", names.subList(0, listed)) + " and " + last;
    }

    private static String verb(StepResult result, int count) {
        return switch (result) {
            case SUCCEEDED -> " succeeded";
            case SKIPPED -> count == 1 ? " was skipped" : " were skipped";
            case FAILED -> " did not succeed";
        };
    }
}
