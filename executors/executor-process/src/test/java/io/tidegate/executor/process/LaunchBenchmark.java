package io.tidegate.executor.process;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Measures launch to end of {@code sh -c true}: one after the other, and many at once. Run by hand; see the executors' README. */
final class LaunchBenchmark {
    private static final int JOBS = 300;

    private LaunchBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Files.createTempDirectory("launch-benchmark");
        try (ProcessExecutor executor = new ProcessExecutor(
                ProcessSettings.defaults(new InstallationId("benchmark"), root), InstantSource.system())) {
            for (String round : List.of("warmup", "first", "second", "third")) {
                long[] micros = IntStream.range(0, JOBS)
                        .mapToLong(number -> run(executor, root, "chain-" + round + "-" + number))
                        .sorted()
                        .toArray();
                long start = System.nanoTime();
                CountDownLatch ended = new CountDownLatch(JOBS);
                IntStream.range(0, JOBS)
                        .parallel()
                        .forEach(number -> launch(executor, root, "fan-" + round + "-" + number, ended));
                ended.await();
                System.out.printf(
                        "%s: launch to end heard, one at a time: median %.1f ms, 95%% %.1f ms; %d at once: %.0f a second%n",
                        round,
                        micros[JOBS / 2] / 1e3,
                        micros[JOBS * 95 / 100] / 1e3,
                        JOBS,
                        JOBS / ((System.nanoTime() - start) / 1e9));
            }
        }
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
