package io.tidegate.dag.parser.testfile;

import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.shape.Located;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run for real on sample data, and what is expected of it.
 *
 * @param position where its name stands
 * @param given interval, parameters, and results of steps that do not run for real
 * @param files what is copied below the data home, by its path there; paths are from the folder of the test file
 * @param partitions what lies in partitions before the run starts
 * @param expected of the run and its steps
 * @param datasets what the run's partitions of datasets hold at its end, by dataset
 */
public record Sample(
        String name,
        Position position,
        Given given,
        Map<String, Located<String>> files,
        List<Located<GivenPartition>> partitions,
        Expected expected,
        Map<String, Located<ExpectedRows>> datasets) {
    public Sample {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(given, "given");
        files = Map.copyOf(files);
        partitions = List.copyOf(partitions);
        Objects.requireNonNull(expected, "expected");
        datasets = Map.copyOf(datasets);
    }

    /**
     * Rows of a file: csv with a header, json with one object a line, or parquet.
     *
     * @param path from the folder of the test file
     * @param types what columns are, in Spark's words; what is left out is found out
     */
    public record Rows(String path, Map<String, String> types) {
        public Rows {
            Objects.requireNonNull(path, "path");
            types = Map.copyOf(types);
        }
    }

    /** What lies in one partition. */
    public record GivenPartition(InputReference partition, Rows rows) {
        public GivenPartition {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(rows, "rows");
        }
    }

    /**
     * What a partition must hold.
     *
     * @param rows absent where only their number is expected
     * @param count how many rows
     * @param tolerance how far a fractional number may be off, relative to its size; 0 for not at all
     * @param ordered whether rows must come in the order of the file
     */
    public record ExpectedRows(Optional<Rows> rows, OptionalLong count, double tolerance, boolean ordered) {
        public ExpectedRows {
            Objects.requireNonNull(rows, "rows");
            Objects.requireNonNull(count, "count");
        }
    }
}
