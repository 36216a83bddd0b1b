package io.tidegate.server.bench;

import java.nio.file.Path;
import java.util.List;

/** What a second server on the same database costs: the two together must do as much as one alone. */
record NodesWorkload(String name) implements Workload {
    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        ManyRuns many = new ManyRuns(place, "bench-nodes", sizes.runs());
        List<Path> dags = List.of(many.declare());
        try (BenchServer first = many.server("first", dags)) {
            for (int round = 0; round < sizes.warmUpRounds(); round++) {
                many.stepsPerSecond();
            }
            Pair pair = Pair.middle(sizes.repeats(), many::stepsPerSecond, () -> {
                try (BenchServer second = many.server("second", dags)) {
                    // Not how fast a server is that has just come: its connections have prepared nothing yet.
                    many.stepsPerSecond();
                    return many.stepsPerSecond();
                }
            });
            return List.of(BenchRow.beside(name, pair.value(), "steps/s", pair.limit(), BenchRow.Goal.atLeast(1)));
        }
    }
}
