package io.tidegate.steps.contract;

import java.util.Objects;

/**
 * Where a built-in ingest reads.
 *
 * @param uri file or folder
 * @param format a name Spark knows, for example {@code parquet}
 * @param timeColumn column that says which interval a row belongs to
 */
public record Source(String uri, String format, String timeColumn) {
    public Source {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(timeColumn, "timeColumn");
    }
}
