package io.tidegate.scheduler.run;

import io.tidegate.dag.DagId;
import java.util.Objects;

/**
 * One immutable version of a DAG.
 *
 * @param hash lower-case hexadecimal SHA-256 of the canonical form and the files beside it
 */
public record DagVersionId(DagId dag, String hash) {
    public DagVersionId {
        Objects.requireNonNull(dag, "dag");
        Objects.requireNonNull(hash, "hash");
    }
}
