package io.tidegate.server.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A thousand programs at once, eight at a time, and one step that waits for all of them. */
record FanOutWorkload(String name) implements Workload {
    private static final List<String> COMMAND = List.of("sh", "-c", "true");
    private static final int PARALLEL = 8;
    private static final double MOST_HEAP = 256;

    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        Path dags = place.dag("bench-w2", BenchDags.fanOut("bench-w2", sizes.fanOut(), COMMAND));
        try (BenchServer server = place.server(name, List.of(dags), PARALLEL, Optional.empty())) {
            BareStarts starts = new BareStarts(place.folder("bare-" + name));
            for (int round = 0; round < sizes.warmUpRounds(); round++) {
                starts.milliseconds(COMMAND, sizes.fanOut(), PARALLEL);
                server.milliseconds("bench-w2");
            }
            HeapPeak heap = HeapPeak.begin();
            Pair pair = Pair.middle(
                    Math.min(3, sizes.repeats()),
                    () -> starts.milliseconds(COMMAND, sizes.fanOut(), PARALLEL),
                    () -> server.milliseconds("bench-w2"));
            double joins =
                    place.number("SELECT max(n) FROM (SELECT count(*) AS n FROM attempt a JOIN run r ON r.id = a.run"
                            + " WHERE r.dag = 'bench-w2' AND a.step = 'join' GROUP BY a.run) joins");
            return List.of(
                    BenchRow.beside(name, pair.value(), "ms", pair.limit(), BenchRow.Goal.atMost(1.3)),
                    BenchRow.alone(name + " joins", joins, "attempts", BenchRow.Goal.atMost(1)),
                    BenchRow.alone(name + " heap", heap.mebibytes(), "MiB", BenchRow.Goal.atMost(MOST_HEAP)));
        }
    }
}
