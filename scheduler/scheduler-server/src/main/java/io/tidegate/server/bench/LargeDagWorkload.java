package io.tidegate.server.bench;

import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.server.definitions.DagListener;
import io.tidegate.server.definitions.DagRegistry;
import io.tidegate.server.definitions.EarlierReadings;
import io.tidegate.server.definitions.PoolChecks;
import io.tidegate.store.PostgresStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A DAG of ten thousand steps: taken in, run, looked at. */
record LargeDagWorkload(String name) implements Workload {
    private static final String DAG = "bench-w3";
    private static final int WARM_UP = 10;

    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        Path dags = place.dag(DAG, BenchDags.layers(DAG, sizes.largeDag()));
        for (int time = 0; time < WARM_UP; time++) {
            submit(place, sizes);
        }
        double submit = Pair.median(sizes.repeats(), () -> submit(place, sizes));
        // Its first step takes its time, as steps do. What steps cost that end at once is told by other workloads.
        try (BenchServer server = place.server(name, List.of(dags), 1, Optional.of(InstantExecutor.lasting()))) {
            String run = server.run(DAG);
            double create = warm(sizes, () -> server.run(DAG));
            double dagGraph = warm(sizes, () -> server.api().get("/dags/" + DAG));
            double runGraph = warm(sizes, () -> server.api().get("/runs/" + run));
            return List.of(
                    BenchRow.alone(name + " submit", submit, "ms", BenchRow.Goal.atMost(1_000)),
                    BenchRow.alone(name + " create", create, "ms", BenchRow.Goal.atMost(300)),
                    BenchRow.alone(name + " dag graph", dagGraph, "ms", BenchRow.Goal.atMost(200)),
                    BenchRow.alone(name + " run graph", runGraph, "ms", BenchRow.Goal.atMost(200)));
        }
    }

    /** As a server does it that has done it before. */
    private static double warm(BenchSizes sizes, Runnable work) throws Exception {
        for (int time = 0; time < WARM_UP; time++) {
            work.run();
        }
        return Pair.median(sizes.repeats(), () -> timed(work));
    }

    private static double timed(Runnable work) {
        long from = System.nanoTime();
        work.run();
        return (System.nanoTime() - from) / 1e6;
    }

    /** From the file to the version in the database: what a server does when it finds a new file. */
    private static double submit(BenchPlace place, BenchSizes sizes) throws Exception {
        String name = DAG + "-" + System.nanoTime();
        Path dags = place.dag(name, BenchDags.layers(name, sizes.largeDag()));
        try (PostgresStores stores = place.stores()) {
            DagRegistry registry = new DagRegistry(
                    List.of(dags),
                    new DagRegistry.Parsing(
                            ParserLimits.DEFAULT,
                            dag -> Set.of(),
                            EarlierReadings.in(dags.resolve("readings"), Optional.empty())),
                    place.folder("versions"),
                    stores.dags(),
                    DagListener.NOBODY,
                    new PoolChecks(stores.places()::pools),
                    InstantSource.system());
            double milliseconds = timed(registry::scan);
            if (!registry.problems().isEmpty()) {
                throw new IllegalStateException("the large DAG is refused: " + registry.problems());
            }
            Files.delete(dags.resolve(name + ".dag.yaml"));
            return milliseconds;
        }
    }
}
