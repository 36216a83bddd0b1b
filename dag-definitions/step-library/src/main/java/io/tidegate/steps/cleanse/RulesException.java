package io.tidegate.steps.cleanse;

import io.tidegate.steps.contract.StepFailure;
import java.util.List;
import java.util.stream.Collectors;

/** A rules file has problems: all of them are told. */
public final class RulesException extends StepFailure {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param line counted from 1
     * @param column counted from 1
     * @param message what, and what to write instead
     */
    public record Problem(int line, int column, String message) {}

    RulesException(String file, List<Problem> problems) {
        super(problems.stream()
                .map(problem -> file + ":" + problem.line() + ":" + problem.column() + ": " + problem.message())
                .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
