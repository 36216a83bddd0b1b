package io.tidegate.server.dagtest;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.server.dagtest.check.Mismatch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a case went.
 *
 * @param position where its name stands in its file
 * @param mismatches what is not as expected; none when the case passed
 * @param virtual how long the run took, in its own time
 * @param real how long the case took
 */
public record CaseResult(String name, Position position, List<Mismatch> mismatches, Duration virtual, Duration real) {
    public CaseResult {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(position, "position");
        mismatches = List.copyOf(mismatches);
        Objects.requireNonNull(virtual, "virtual");
        Objects.requireNonNull(real, "real");
    }

    public boolean passed() {
        return mismatches.isEmpty();
    }
}
