package io.tidegate.steps.train;

import io.tidegate.steps.testing.SharedSpark;
import java.nio.file.Path;

/** Rows whose label follows one number, with noise; the same for the same seed. */
final class ToyFeatures {
    private static final int ROWS = 4000;

    private ToyFeatures() {}

    /**
     * Writes a week.
     *
     * @param firstDay its first day
     * @param slope how strongly the label follows the number; negative turns the world around
     */
    static Path write(Path folder, String firstDay, double slope) {
        Path partition = folder.resolve(firstDay);
        SharedSpark.session()
                .range(0, ROWS, 1, 2)
                .selectExpr(
                        "TIMESTAMP_NTZ'" + firstDay + " 00:00:00' + make_dt_interval(0, 0, CAST(id * 10080 / " + ROWS
                                + " AS INT)) AS at",
                        "if(id % 4 = 0, 'ORD', if(id % 50 = 1, 'XXX', 'ATL')) AS origin",
                        "rand(1) * 4 - 2 AS x",
                        "rand(2) AS noise")
                .selectExpr("at", "origin", "x", "CAST(noise < 1 / (1 + exp(-(" + slope + " * x))) AS INT) AS late")
                .write()
                .parquet(partition.toString());
        return partition;
    }
}
