package io.tidegate.executor.process;

import com.sun.management.OperatingSystemMXBean;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Measures launch to end of {@code sh -c true}: one after the other, and eight at a time, by the clock and in CPU time of this Java runtime and
 * of the launcher with all that it starts. Run by hand; see the executors' README.
 */
final class LaunchBenchmark {
    private static final int JOBS = 500;
    private static final int PARALLEL = 8;

    private LaunchBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Files.createTempDirectory("launch-benchmark");
        for (String round : List.of("warmup", "first", "second", "third")) {
            measure(round + ", one at a time", root, 1);
            measure(round + ", " + PARALLEL + " at a time", root, PARALLEL);
        }
    }

    private static void measure(String round, Path root, int parallel) throws Exception {
        Path attempts = Files.createTempDirectory(root, "attempts");
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        CountDownLatch all = new CountDownLatch(JOBS);
        long[] micros = new long[JOBS];
        double cpu = ownMillis();
        double children = childrenMillis();
        long start = System.nanoTime();
        try (ProcessExecutor executor = new ProcessExecutor(
                ProcessSettings.defaults(new InstallationId("benchmark"), attempts), InstantSource.system())) {
            IntStream.range(0, JOBS)
                    .forEach(number -> threads.execute(() -> {
                        micros[number] = run(executor, attempts, "job-" + number);
                        all.countDown();
                    }));
            all.await();
        }
        threads.shutdown();
        double wall = (System.nanoTime() - start) / 1e6;
        cpu = ownMillis() - cpu;
        awaitLaunchers();
        Arrays.sort(micros);
        System.out.printf(
                "%s: launch to end heard: median %.1f ms, 95%% %.1f ms; wall %.2f ms, CPU %.2f ms here and %.2f ms of the launcher each%n",
                round,
                micros[JOBS / 2] / 1e3,
                micros[JOBS * 95 / 100] / 1e3,
                wall / JOBS,
                cpu / JOBS,
                (childrenMillis() - children) / JOBS);
    }

    private static double ownMillis() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e6;
    }

    /** What ended children took, with those that they waited for: fields 16 and 17 of stat in proc(5), in hundredths of a second. */
    private static double childrenMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return 10.0 * (Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
    }

    private static void awaitLaunchers() {
        ProcessHandle.current().children().forEach(child -> child.onExit().join());
    }

    private static long run(ProcessExecutor executor, Path root, String key) {
        long start = System.nanoTime();
        CountDownLatch ended = new CountDownLatch(1);
        launch(executor, root, key, ended);
        try {
            ended.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return (System.nanoTime() - start) / 1000;
    }

    private static void launch(ProcessExecutor executor, Path root, String key, CountDownLatch ended) {
        LaunchResult result = executor.launch(new LaunchRequest(
                new LaunchKey(key),
                new AttemptIdentity(new DagId("benchmark"), "", "run", new StepId("step"), 1),
                new ExecutorSettings.LocalProcess(),
                new Workload.CommandLine(Arrays.asList("sh", "-c", "true")),
                new LaunchRequest.Surroundings(root.toString(), Map.of(), "{}"),
                Duration.ofHours(1)));
        if (!(result instanceof LaunchResult.Accepted accepted)) {
            throw new IllegalStateException(key + ": " + result);
        }
        executor.watch(accepted.job(), (launchKey, observation) -> {
            if (observation instanceof Observation.Ended) {
                ended.countDown();
            }
        });
    }
}
