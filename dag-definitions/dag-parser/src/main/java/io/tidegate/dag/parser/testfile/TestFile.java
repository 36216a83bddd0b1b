package io.tidegate.dag.parser.testfile;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.shape.Located;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a test file says.
 *
 * @param dag path of the DAG's file from the folder of the test file; absent for the file of the same name
 * @param shared what all cases are given that do not say otherwise
 * @param cases in the order of the file
 * @param samples in the order of the file
 */
public record TestFile(Optional<Located<String>> dag, Given shared, List<TestCase> cases, List<Sample> samples) {
    public TestFile {
        Objects.requireNonNull(dag, "dag");
        Objects.requireNonNull(shared, "shared");
        cases = List.copyOf(cases);
        samples = List.copyOf(samples);
    }

    /**
     * One run and what is expected of it.
     *
     * @param position where its name stands
     * @param given its own and what is shared
     */
    public record TestCase(String name, Position position, Given given, Expected expected) {
        public TestCase {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(position, "position");
            Objects.requireNonNull(given, "given");
            Objects.requireNonNull(expected, "expected");
        }
    }
}
