package io.tidegate.server.bench;

import java.util.List;

/** Something that is measured. */
interface Workload {
    /** What people choose it by, for example {@code W1a}. */
    String name();

    List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception;
}
