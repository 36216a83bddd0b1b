package io.tidegate.server.bench;

import io.tidegate.executor.Executor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Steps one after the other: what the engine adds to the commits and starts that must be.
 *
 * @param programs whether each step starts a program, or ends inside the server at once
 * @param warmUpPart warms up with this part of the chains: where a program takes long, its chain does
 */
record ChainWorkload(String name, List<String> command, boolean programs, int warmUpPart, double goal)
        implements Workload {
    static final ChainWorkload IN_PROCESS = new ChainWorkload("W1a", List.of("true"), false, 1, 1.5);
    static final ChainWorkload SHELL = new ChainWorkload("W1b", List.of("sh", "-c", "true"), true, 3, 1.5);
    static final ChainWorkload PYTHON = new ChainWorkload("W1c", List.of("python3", "-c", "pass"), true, 20, 1.3);

    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        String dag = "bench-" + name.toLowerCase(java.util.Locale.ROOT);
        Path dags = place.dag(dag, BenchDags.chain(dag, sizes.chain(), command));
        Optional<Executor> instead = programs ? Optional.empty() : Optional.of(InstantExecutor.ending());
        try (BenchServer server = place.server(name, List.of(dags), 8, instead);
                BareRows rows = BareRows.oneByOne(place.connection(""))) {
            BareStarts starts = new BareStarts(place.folder("bare-" + name));
            Pair.Measurement limit =
                    () -> rows.commits(sizes.chain()) + (programs ? starts.milliseconds(command, sizes.chain(), 1) : 0);
            for (int run = 0; run < sizes.warmUps() / warmUpPart; run++) {
                limit.take();
                server.milliseconds(dag);
            }
            Pair pair = Pair.middle(sizes.repeats(), limit, () -> server.milliseconds(dag));
            List<BenchRow> measured = new ArrayList<>();
            measured.add(BenchRow.beside(name, pair.value(), "ms", pair.limit(), BenchRow.Goal.atMost(goal)));
            if (!programs) {
                measured.add(wal(place, server, rows, dag, sizes));
            }
            return measured;
        }
    }

    /** Bytes of write-ahead log for a step. */
    private BenchRow wal(BenchPlace place, BenchServer server, BareRows rows, String dag, BenchSizes sizes)
            throws Exception {
        double start = place.walBytes();
        rows.commits(sizes.chain());
        double bare = place.walBytes() - start;
        start = place.walBytes();
        server.milliseconds(dag);
        double ours = place.walBytes() - start;
        return BenchRow.beside(
                name + " wal", ours / sizes.chain(), "bytes/step", bare / sizes.chain(), Optional.empty());
    }
}
