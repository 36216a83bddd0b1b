package io.tidegate.server.dagtest;

import io.tidegate.dag.parser.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How the cases of a test file went.
 *
 * @param file as it was found
 * @param dag the DAG's name; empty text when the file or its DAG cannot be read
 * @param cases those that were played, in the order of the file
 * @param problems what is wrong with the file or its DAG; cases whose problems are known are not played
 */
public record FileResult(Path file, String dag, List<CaseResult> cases, List<Problem> problems) {
    public FileResult {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(dag, "dag");
        cases = List.copyOf(cases);
        problems = List.copyOf(problems);
    }

    /** How many cases are not as expected. */
    public long failed() {
        return cases.stream().filter(one -> !one.passed()).count();
    }

    public boolean passed() {
        return problems.isEmpty() && failed() == 0;
    }
}
