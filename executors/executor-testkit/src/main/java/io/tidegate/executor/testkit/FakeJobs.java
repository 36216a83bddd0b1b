package io.tidegate.executor.testkit;

import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** The other side of {@link FakeExecutor}: the jobs, which outlive the executor. Safe for use by several threads. */
final class FakeJobs {
    private static final int SIGTERM_EXIT_CODE = 128 + 15;

    private final Map<LaunchKey, Optional<Observation.Ended>> jobs = new LinkedHashMap<>();
    private final Map<LaunchKey, FakeOutput> outputs = new ConcurrentHashMap<>();
    private final List<LaunchRequest> launches = new ArrayList<>();
    private final List<LaunchKey> finds = new ArrayList<>();
    private final List<LaunchKey> forgone = new ArrayList<>();
    private final List<LaunchKey> watches = new ArrayList<>();
    private final List<LaunchKey> cancels = new ArrayList<>();
    private final Set<LaunchKey> unmarked = new HashSet<>();
    private Function<LaunchRequest, LaunchAnswer> answer = request -> LaunchAnswer.accept();
    private CountDownLatch gate = new CountDownLatch(0);
    private boolean findsUnknown;
    private boolean endOnCancel = true;

    LaunchResult launch(LaunchRequest request) {
        if (!recordAndPassGate(request)) {
            return new LaunchResult.Unknown("the launch was interrupted");
        }
        Function<LaunchRequest, LaunchAnswer> script = currentAnswer();
        synchronized (this) {
            if (jobs.containsKey(request.key())) {
                return new LaunchResult.Accepted(job(request.key()));
            }
        }
        // Outside the lock, so that a script may look at this executor or wait for another thread.
        LaunchAnswer chosen = script.apply(request);
        synchronized (this) {
            return apply(request.key(), chosen);
        }
    }

    private boolean recordAndPassGate(LaunchRequest request) {
        CountDownLatch held;
        synchronized (this) {
            launches.add(request);
            held = gate;
        }
        try {
            held.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private LaunchResult apply(LaunchKey key, LaunchAnswer chosen) {
        if (chosen instanceof LaunchAnswer.Reject reject) {
            return new LaunchResult.Rejected(reject.kind(), reject.message());
        }
        if (chosen instanceof LaunchAnswer.Unknown unknown) {
            if (unknown.started()) {
                jobs.putIfAbsent(key, Optional.empty());
            }
            return new LaunchResult.Unknown("the answer to the launch of " + key + " was lost");
        }
        Optional<Observation.Ended> ended = chosen instanceof LaunchAnswer.AcceptAndEnd immediate
                ? Optional.of(immediate.ended())
                : Optional.empty();
        jobs.putIfAbsent(key, ended);
        return new LaunchResult.Accepted(job(key));
    }

    synchronized FindResult find(LaunchKey key) {
        finds.add(key);
        if (findsUnknown) {
            return new FindResult.Unknown("the other side does not answer");
        }
        return jobs.containsKey(key) ? new FindResult.Found(job(key)) : new FindResult.NotFound();
    }

    synchronized boolean forgo(LaunchKey key) {
        forgone.add(key);
        return !jobs.containsKey(key);
    }

    synchronized List<LaunchKey> forgone() {
        return List.copyOf(forgone);
    }

    synchronized void recordWatch(LaunchKey key) {
        watches.add(key);
    }

    /** How the cancelled job ends, when it is to end at once. */
    synchronized Optional<Observation.Ended> cancel(LaunchKey key) {
        cancels.add(key);
        boolean runs = jobs.containsKey(key) && jobs.get(key).isEmpty();
        return endOnCancel && runs
                ? Optional.of(
                        Observation.Ended.failed(FailureKind.USER, SIGTERM_EXIT_CODE, "killed by SIGTERM (exit 143)"))
                : Optional.empty();
    }

    synchronized void end(LaunchKey key, Observation.Ended ended) {
        requireStarted(key);
        if (jobs.get(key).isEmpty()) {
            jobs.put(key, Optional.of(ended));
        }
    }

    synchronized Optional<Observation.Ended> ended(LaunchKey key) {
        return jobs.getOrDefault(key, Optional.empty());
    }

    synchronized void requireStarted(LaunchKey key) {
        if (!jobs.containsKey(key)) {
            throw new IllegalStateException(
                    "no job was started under launch key " + key + "; started: " + jobs.keySet());
        }
    }

    FakeOutput output(LaunchKey key) {
        return outputs.computeIfAbsent(key, ignored -> new FakeOutput());
    }

    synchronized void answerLaunches(Function<LaunchRequest, LaunchAnswer> script) {
        answer = script;
    }

    private synchronized Function<LaunchRequest, LaunchAnswer> currentAnswer() {
        return answer;
    }

    synchronized void holdLaunches() {
        gate.countDown();
        gate = new CountDownLatch(1);
    }

    synchronized void releaseLaunches() {
        gate.countDown();
    }

    synchronized void answerFindsUnknown(boolean unknown) {
        findsUnknown = unknown;
    }

    synchronized void endOnCancel(boolean end) {
        endOnCancel = end;
    }

    synchronized List<LaunchRequest> launches() {
        return List.copyOf(launches);
    }

    synchronized List<LaunchKey> started() {
        return List.copyOf(jobs.keySet());
    }

    synchronized List<LaunchKey> running() {
        return jobs.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized List<LaunchKey> finds() {
        return List.copyOf(finds);
    }

    synchronized List<LaunchKey> watches() {
        return List.copyOf(watches);
    }

    synchronized List<LaunchKey> cancels() {
        return List.copyOf(cancels);
    }

    synchronized void plant(LaunchKey key) {
        jobs.putIfAbsent(key, Optional.empty());
    }

    synchronized void plantUnmarked(LaunchKey key) {
        plant(key);
        unmarked.add(key);
    }

    synchronized ClusterListing list() {
        if (findsUnknown) {
            return ClusterListing.unknown("fake", "the other side does not answer");
        }
        return ClusterListing.of(
                "fake",
                jobs.entrySet().stream()
                        .map(entry -> new ClusterListing.ListedJob(
                                job(entry.getKey()),
                                entry.getValue().isPresent() ? "ended" : "running",
                                entry.getValue().isEmpty(),
                                !unmarked.contains(entry.getKey()),
                                Optional.empty()))
                        .toList());
    }

    private static ExternalJob job(LaunchKey key) {
        return new ExternalJob(key, "fake-" + key, Map.of());
    }
}
