package io.tidegate.server.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The workloads, in the order in which they are measured. */
public final class Bench {
    private static final List<Workload> WORKLOADS = List.of(
            ChainWorkload.IN_PROCESS,
            ChainWorkload.SHELL,
            ChainWorkload.PYTHON,
            new FanOutWorkload("W2"),
            new LargeDagWorkload("W3"),
            new ManyRunsWorkload("W4"),
            new ScheduledDagsWorkload("W5"),
            new HistoryWorkload("W6"),
            new NodesWorkload("nodes"),
            new SnapshotWorkload("snapshot"));

    private Bench() {}

    /** What can be chosen. */
    public static List<String> names() {
        return WORKLOADS.stream().map(Workload::name).toList();
    }

    /**
     * Measures what was chosen, one after the other.
     *
     * @param chosen names of workloads in any case; a beginning such as {@code w1} stands for all that begin so; empty for all
     * @param told each figure as soon as it is there
     * @throws IllegalArgumentException when a name stands for nothing
     */
    public static void run(List<String> chosen, BenchPlace place, BenchSizes sizes, Consumer<BenchRow> told)
            throws Exception {
        chosen.stream()
                .filter(name -> WORKLOADS.stream().noneMatch(workload -> matches(name, workload)))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("there is no workload '" + name + "'; known are " + names());
                });
        for (Workload workload : WORKLOADS) {
            if (chosen.isEmpty() || chosen.stream().anyMatch(name -> matches(name, workload))) {
                place.say(workload.name() + "…");
                workload.measure(place, sizes).forEach(told);
            }
        }
    }

    private static boolean matches(String chosen, Workload workload) {
        return workload.name().toLowerCase(Locale.ROOT).startsWith(chosen.toLowerCase(Locale.ROOT));
    }
}
