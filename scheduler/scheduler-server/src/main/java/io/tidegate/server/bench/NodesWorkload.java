package io.tidegate.server.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a second server on the same database costs: the two together must do as much as one alone. */
record NodesWorkload(String name) implements Workload {
    private static final int ATTEMPTS = 1_000;

    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        ManyRuns many = new ManyRuns(place, "bench-nodes", sizes.runs());
        List<Path> dags = List.of(many.declare());
        try (BenchServer first = place.server("first", dags, ATTEMPTS, Optional.of(new InstantExecutor()))) {
            first.api().get("/server");
            if (sizes.warmUps() > 0) {
                many.stepsPerSecond();
            }
            Pair pair = Pair.middle(Math.min(3, sizes.repeats()), many::stepsPerSecond, () -> {
                try (BenchServer second = place.server("second", dags, ATTEMPTS, Optional.of(new InstantExecutor()))) {
                    second.api().get("/server");
                    return many.stepsPerSecond();
                }
            });
            return List.of(BenchRow.beside(name, pair.value(), "steps/s", pair.limit(), BenchRow.Goal.atLeast(1)));
        }
    }
}
