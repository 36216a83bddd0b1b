package io.tidegate.scheduler.trigger;

import java.util.List;
import java.util.stream.Collectors;

/** A run cannot be made as asked. Holds everything that is wrong, not only the first of it. */
public final class TriggerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<Problem> problems;

    /** What kind of refusal it is. */
    public enum Reason {
        /** There is no such DAG. */
        UNKNOWN_DAG,
        /** What was asked for does not fit the DAG. */
        INVALID
    }

    /**
     * @param field what it is about: {@code dag}, {@code interval}, {@code from}, {@code to} or {@code parameters.NAME}
     * @param message what is wrong and what would be right, for people
     */
    public record Problem(String field, String message) {}

    TriggerException(Reason reason, List<Problem> problems) {
        super(problems.stream()
                .map(problem -> problem.field() + ": " + problem.message())
                .collect(Collectors.joining("; ")));
        this.reason = reason;
        this.problems = List.copyOf(problems);
    }

    public Reason reason() {
        return reason;
    }

    public List<Problem> problems() {
        return problems;
    }
}
