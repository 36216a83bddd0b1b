package io.tidegate.server.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Many DAGs that a schedule starts once a day: what they cost while nothing is due, beside a hundredth as many, and how late their runs are when
 * all are due in one minute.
 */
record ScheduledDagsWorkload(String name) implements Workload {
    private static final int STEPS = 3;
    private static final int ATTEMPTS = 1_000;
    private static final int FEWER = 100;
    private static final int DAGS_A_FOLDER = 100;
    private static final LocalTime DUE = LocalTime.of(3, 0);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(40);
    private static final Duration BEFORE_DUE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Rounds of the server's loops that fall into the time of one measurement and not of the other: one in ten at most. */
    private static final double FLAT = 1.1;

    /**
     * What an idle server costs.
     *
     * @param transactions a second
     * @param heap bytes in use
     * @param processor milliseconds a second
     */
    private record Idle(double transactions, double heap, double processor) {}

    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        int many = sizes.scheduledDags();
        int few = Math.max(1, many / FEWER);
        declare(place, 0, few);
        start(place);
        Idle small = idle(place);
        declare(place, few, many);
        double first = start(place);
        double start = place.process(name, place.folder(folder())).secondsUntilReady();
        Idle large = idle(place);
        double[] late = fire(place, many);
        double heap = (large.heap() - small.heap()) / Math.max(1, many - few);
        return List.of(
                BenchRow.beside(
                        name + " queries",
                        large.transactions(),
                        "1/s",
                        small.transactions(),
                        BenchRow.Goal.atMost(FLAT)),
                BenchRow.alone(name + " heap", heap, "bytes a DAG", BenchRow.Goal.atMost(5_000)),
                BenchRow.alone(name + " start", start, "s", BenchRow.Goal.atMost(10)),
                BenchRow.alone(name + " first start", first, "s", Optional.empty()),
                BenchRow.alone(name + " idle processor", large.processor(), "ms a second", Optional.empty()),
                BenchRow.alone(name + " lateness", late[0], "s p99", BenchRow.Goal.atMost(5)),
                BenchRow.alone(name + " begun", late[1], "s p99", Optional.empty()));
    }

    private void declare(BenchPlace place, int from, int until) throws IOException {
        for (int dag = from; dag < until; dag++) {
            Path folder = place.folder(folder() + "/team-" + dag / DAGS_A_FOLDER);
            String named = "bench-w5-" + dag;
            Files.writeString(folder.resolve(named + ".dag.yaml"), BenchDags.daily(named, STEPS, DUE));
        }
    }

    private String folder() {
        return "dags-" + name;
    }

    private BenchServer server(BenchPlace place, InstantSource clock) throws Exception {
        return place.server(
                name, List.of(place.folder(folder())), ATTEMPTS, Optional.of(InstantExecutor.ending()), clock);
    }

    /** Starts and ends a server; gives the seconds until it was ready. */
    private double start(BenchPlace place) throws Exception {
        long from = System.nanoTime();
        try (BenchServer server = server(place, untilDue(Duration.ofHours(12)))) {
            server.api().get("/server");
            return seconds(from);
        }
    }

    private Idle idle(BenchPlace place) throws Exception {
        try (BenchServer server = server(place, untilDue(Duration.ofHours(12)))) {
            server.api().get("/server");
            LockSupport.parkNanos(SETTLE.toNanos());
            double heap = HeapPeak.liveBytes();
            double before = transactions(place);
            long processor = processorNanos();
            long begin = System.nanoTime();
            LockSupport.parkNanos(IDLE.toNanos());
            double took = seconds(begin);
            double used = (processorNanos() - processor) / 1e6;
            return new Idle((transactions(place) - before) / took, heap, used / took);
        }
    }

    /** Lets all be due in one minute; gives how late runs were made, and begun, in seconds: the slowest of a hundred. */
    private double[] fire(BenchPlace place, int runs) throws Exception {
        try (BenchServer server = server(place, untilDue(BEFORE_DUE))) {
            server.api().get("/server");
            awaitEnd(place, runs);
            return new double[] {late(place, "created_at"), late(place, "started_at")};
        }
    }

    private static double late(BenchPlace place, String what) throws SQLException {
        return place.number("SELECT percentile_disc(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM " + what
                + " - interval_end)) FROM run WHERE dag LIKE 'bench-w5-%'");
    }

    private static void awaitEnd(BenchPlace place, int runs) throws SQLException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        String ended = "SELECT count(*) FROM run WHERE dag LIKE 'bench-w5-%' AND state = 'SUCCEEDED'";
        while (place.number(ended) < runs) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        (int) place.number(ended) + " of " + runs + " scheduled runs have succeeded in " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** A clock that goes as fast as any other, and now shows a time before that at which everything is due. */
    private static InstantSource untilDue(Duration before) {
        // Later than the time of the server that is a process of its own: schedules do not go back.
        Instant now = InstantSource.system().instant();
        Instant due = now.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(2)
                .atTime(DUE)
                .toInstant(ZoneOffset.UTC);
        return Clock.offset(Clock.systemUTC(), Duration.between(now, due.minus(before)));
    }

    private static double transactions(BenchPlace place) throws SQLException {
        return place.number(
                "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()");
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
