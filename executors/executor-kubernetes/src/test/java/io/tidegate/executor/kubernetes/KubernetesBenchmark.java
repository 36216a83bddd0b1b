package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.kubernetes.end.PodStates;
import io.tidegate.executor.kubernetes.manifest.JobManifest;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Measures Jobs through the executor beside Jobs that are made with nothing but the API, one after the other in the same session, on the
 * cluster that KUBECONFIG names. Arguments: Jobs at once, Jobs in a chain, rounds.
 */
final class KubernetesBenchmark implements AutoCloseable {
    private static final int LAUNCH_THREADS = 8;

    private final RealCluster real = RealCluster.open();
    private final KubernetesClient client = real.client();
    private final ExecutorService threads = Executors.newFixedThreadPool(LAUNCH_THREADS);
    private final Map<String, CompletableFuture<Long>> completed = new ConcurrentHashMap<>();
    private final Map<String, Long> podEnds = new ConcurrentHashMap<>();
    private final Map<String, Long> recorded = new ConcurrentHashMap<>();
    private final String namespace = real.namespace();
    private final ClusterSettings cluster = ClusterRequests.cluster(namespace, ClusterRequests.TIMING, List.of());
    private final KubernetesExecutor executor;
    private int number;

    private KubernetesBenchmark(Path folder) {
        executor = new KubernetesExecutor(ClusterRequests.settings(folder, cluster), InstantSource.system());
        client.batch().v1().jobs().inNamespace(namespace).watch(watcher(this::jobSeen));
        client.pods().inNamespace(namespace).watch(watcher(this::podSeen));
    }

    public static void main(String[] arguments) throws Exception {
        int atOnce = Integer.parseInt(arguments[0]);
        int chain = Integer.parseInt(arguments[1]);
        try (KubernetesBenchmark benchmark = new KubernetesBenchmark(Files.createTempDirectory("benchmark"))) {
            benchmark.makespan(4, true);
            benchmark.makespan(4, false);
            for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
                report(atOnce + " at once, s", benchmark.makespan(atOnce, true), benchmark.makespan(atOnce, false));
                report(chain + " in a chain, s", benchmark.chain(chain, true), benchmark.chain(chain, false));
            }
            benchmark.tellLatency();
        }
    }

    private static void report(String what, double ours, double plain) {
        System.out.printf("%s: executor %.2f, plain API %.2f, ratio %.2f%n", what, ours, plain, ours / plain);
    }

    private static <T> Watcher<T> watcher(Consumer<T> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                seen.accept(object);
            }

            @Override
            public void onClose(WatcherException cause) {
                System.out.println("a watch of the benchmark broke: " + cause);
            }
        };
    }

    private void jobSeen(Job job) {
        boolean complete = job.getStatus() != null
                && job.getStatus().getConditions().stream().anyMatch(one -> "Complete".equals(one.getType()));
        if (complete) {
            end(job.getMetadata().getName()).complete(System.nanoTime());
        }
    }

    private void podSeen(Pod pod) {
        if (PodStates.terminated(pod).isPresent()) {
            podEnds.putIfAbsent(pod.getMetadata().getLabels().get("batch.kubernetes.io/job-name"), System.nanoTime());
        }
    }

    private CompletableFuture<Long> end(String name) {
        return completed.computeIfAbsent(name, unknown -> new CompletableFuture<>());
    }

    private LaunchRequest next() {
        number++;
        return new LaunchRequest(
                new LaunchKey("benchmark-" + number),
                new AttemptIdentity(new DagId("benchmark"), "", "run", new StepId("step"), number),
                new ExecutorSettings.Kubernetes(ClusterRequests.pod()),
                new Workload.CommandLine(List.of("true")),
                new LaunchRequest.Surroundings("/", Map.of(), "{}"),
                Duration.ofMinutes(10));
    }

    private CompletableFuture<Long> start(LaunchRequest request, boolean ours) throws Exception {
        if (!ours) {
            client.resource(JobManifest.of(request, FakeCluster.OURS, cluster)).create();
            return end(request.key().value());
        }
        CompletableFuture<Long> ended = new CompletableFuture<>();
        LaunchResult.Accepted accepted = (LaunchResult.Accepted) executor.launch(request);
        executor.watch(accepted.job(), (key, observation) -> {
            if (observation instanceof Observation.Ended) {
                recorded.put(key.value(), System.nanoTime());
                ended.complete(System.nanoTime());
            }
        });
        return ended;
    }

    private double makespan(int jobs, boolean ours) {
        List<LaunchRequest> requests = new ArrayList<>();
        for (int index = 0; index < jobs; index++) {
            requests.add(next());
        }
        long before = System.nanoTime();
        List<CompletableFuture<Long>> all =
                requests.stream().map(request -> later(request, ours)).toList();
        all.forEach(CompletableFuture::join);
        return seconds(before);
    }

    private CompletableFuture<Long> later(LaunchRequest request, boolean ours) {
        CompletableFuture<Long> ended = new CompletableFuture<>();
        threads.execute(() -> {
            var unused = started(request, ours).whenComplete((time, failure) -> {
                if (failure == null) {
                    ended.complete(time);
                } else {
                    ended.completeExceptionally(failure);
                }
            });
        });
        return ended;
    }

    private CompletableFuture<Long> started(LaunchRequest request, boolean ours) {
        try {
            return start(request, ours);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private double chain(int jobs, boolean ours) throws Exception {
        long before = System.nanoTime();
        for (int index = 0; index < jobs; index++) {
            start(next(), ours).join();
        }
        return seconds(before);
    }

    private static double seconds(long before) {
        return (System.nanoTime() - before) / 1e9;
    }

    private void tellLatency() {
        List<Double> millis = recorded.entrySet().stream()
                .filter(entry -> podEnds.containsKey(entry.getKey()))
                .map(entry -> (entry.getValue() - podEnds.get(entry.getKey())) / 1e6)
                .sorted()
                .toList();
        System.out.printf(
                "pod end seen to end recorded, ms: p50 %.0f, p99 %.0f of %d%n",
                millis.get(millis.size() / 2), millis.get(millis.size() * 99 / 100), millis.size());
        long requests = executor.requests().get("real").values().stream()
                .mapToLong(Long::longValue)
                .sum();
        System.out.printf(
                "requests: %s, %.2f a Job%n", executor.requests().get("real"), requests / (double) recorded.size());
    }

    @Override
    public void close() throws IOException {
        executor.close();
        threads.shutdownNow();
        real.close();
    }
}
