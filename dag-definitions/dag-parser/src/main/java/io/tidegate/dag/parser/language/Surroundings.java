package io.tidegate.dag.parser.language;

import io.tidegate.dag.DagId;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a DAG file finds around it.
 *
 * @param fileExists whether there is such a file below the DAG's folder
 * @param runs DAGs that steps of another DAG run, as that one is now; empty for one that is not known
 */
public record Surroundings(Predicate<String> fileExists, Function<DagId, Set<DagId>> runs) {
    public Surroundings {
        Objects.requireNonNull(fileExists, "fileExists");
        Objects.requireNonNull(runs, "runs");
    }
}
