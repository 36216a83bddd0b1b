package io.tidegate.dag.data;

import io.tidegate.dag.template.Template;
import java.util.Objects;
import java.util.Optional;

/**
 * Something a step reads or writes.
 *
 * @param name the name steps use
 * @param dataClass how it came to be
 * @param format for example {@code parquet}, {@code csv}, {@code json}
 * @param uri where one partition lies; names the interval when the dataset is partitioned by it
 * @param description what a reader should know
 */
public record Dataset(
        DatasetName name, DataClass dataClass, String format, Template uri, Optional<String> description) {
    public Dataset {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(description, "description");
    }

    /** Whether each data interval has a partition of its own. */
    public boolean isPartitionedByInterval() {
        return uri.names().stream().anyMatch(name -> name.startsWith("interval."));
    }
}
