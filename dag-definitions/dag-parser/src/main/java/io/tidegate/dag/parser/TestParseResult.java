package io.tidegate.dag.parser;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.testfile.TestFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a test file.
 *
 * @param tests there exactly when there are no problems
 * @param problems everything that is wrong with the file or its DAG, in the order of each file
 */
public record TestParseResult(Optional<Tests> tests, List<Problem> problems) {
    public TestParseResult {
        Objects.requireNonNull(tests, "tests");
        problems = List.copyOf(problems);
        if (tests.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException("a result has either tests or problems");
        }
    }

    static TestParseResult refused(List<Problem> problems) {
        return new TestParseResult(Optional.empty(), problems);
    }

    /**
     * Tests that can be run.
     *
     * @param dagFile the file of the DAG that is tested
     * @param graph the DAG
     * @param places takes in what is found wrong later, and knows the file's lines; not thread-safe
     */
    public record Tests(TestFile file, Path dagFile, DagGraph graph, Problems places) {
        public Tests {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(dagFile, "dagFile");
            Objects.requireNonNull(graph, "graph");
            Objects.requireNonNull(places, "places");
        }
    }
}
