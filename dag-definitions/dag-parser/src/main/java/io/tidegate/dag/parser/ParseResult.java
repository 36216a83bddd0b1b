package io.tidegate.dag.parser;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a file.
 *
 * @param graph the DAG; there exactly when there are no problems
 * @param problems everything that is wrong, in the order of the file
 */
public record ParseResult(Optional<DagGraph> graph, List<Problem> problems) {
    public ParseResult {
        Objects.requireNonNull(graph, "graph");
        problems = List.copyOf(problems);
        if (graph.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException("a result has either a graph or problems");
        }
    }
}
