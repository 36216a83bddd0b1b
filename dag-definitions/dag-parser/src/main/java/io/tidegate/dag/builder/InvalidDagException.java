package io.tidegate.dag.builder;

import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.problem.ProblemRenderer;
import java.util.ArrayList;
import java.util.List;

/** What a program built is no sound DAG. The message shows every problem in the YAML that was made, as {@code tidegate validate} would. */
public final class InvalidDagException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> messages = new ArrayList<>();

    InvalidDagException(List<Problem> problems) {
        super(ProblemRenderer.plain().render(problems));
        problems.forEach(problem -> messages.add(problem.message()));
    }

    /** What is wrong, one message each. */
    public List<String> messages() {
        return List.copyOf(messages);
    }
}
