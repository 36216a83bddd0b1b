package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.kubernetes.LogCapture.PodLogs;
import io.tidegate.executor.kubernetes.end.PodStates;
import io.tidegate.executor.kubernetes.end.TerminationReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Brings home what an attempt leaves behind, and writes down how it ended, before anybody is told. */
final class AttemptEnds {
    private static final System.Logger LOG = System.getLogger(AttemptEnds.class.getName());
    private static final int MOST_EVENTS = 20;

    private final ClusterApi api;
    private final TrackerThreads threads;
    private final AttemptRecords records;

    AttemptEnds(ClusterApi api, TrackerThreads threads, AttemptRecords records) {
        this.api = api;
        this.threads = threads;
        this.records = records;
    }

    /** The capture of an attempt's log, begun if need be; empty when there is no pod, or the folder cannot be written. */
    Optional<LogCapture> capture(Attempt attempt) {
        if (attempt.capture.isPresent() || attempt.pod.isEmpty()) {
            return attempt.capture;
        }
        try {
            // A server that took the attempt over has no folder of it yet.
            attempt.record.folder().make();
            attempt.capture = Optional.of(new LogCapture(
                    api,
                    attempt.record,
                    new PodLogs(
                            attempt.reference.namespace(),
                            PodStates.name(attempt.pod.get()),
                            PodStates.containers(attempt.pod.get())),
                    records.logLimit()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot keep the log of attempt " + attempt.key, e);
        }
        return attempt.capture;
    }

    /**
     * Completes log and report, and writes the end down.
     *
     * @param terminated what the cluster says of the step's container, if it ran
     * @param told what is done then, on the tracker's thread
     */
    void end(Attempt attempt, Ended ended, Optional<ContainerStateTerminated> terminated, Runnable told) {
        boolean ran = attempt.capture.isPresent()
                || attempt.pod.filter(PodStates::hasStarted).isPresent();
        Optional<LogCapture> capture = ran || isStrange(ended) ? capture(attempt) : Optional.empty();
        CompletableFuture<Void> captured = capture.filter(any -> ran)
                .map(log -> log.complete(threads.requests()))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
        var unused =
                captured.whenComplete((nothing, failure) -> threads.request("record the end of " + attempt.key, () -> {
                    events(attempt, ended, capture);
                    record(attempt, ended, terminated, capture);
                    capture.ifPresent(LogCapture::close);
                    threads.post(told);
                }));
    }

    private void record(
            Attempt attempt, Ended ended, Optional<ContainerStateTerminated> terminated, Optional<LogCapture> capture) {
        AttemptRecord record = attempt.record;
        try {
            record.folder().make();
            Optional<TerminationReport> report = terminated.flatMap(TerminationReport::of);
            if (report.isPresent()) {
                record.report(report.get().text());
                capture.ifPresent(log -> report.get().warning().ifPresent(log::note));
            }
            record.end(ended);
            records.remember(attempt.key);
        } catch (IOException e) {
            // It is told all the same: the scheduler keeps it, and asks again for a report that cannot be read.
            LOG.log(System.Logger.Level.ERROR, "cannot write down how attempt " + attempt.key + " ended", e);
        }
    }

    /** Warnings are told with every failure; in the log they stand where the fault was the cluster's, and say more than any sentence of ours. */
    private void events(Attempt attempt, Ended ended, Optional<LogCapture> capture) {
        if (ended.failure().isEmpty() || attempt.cancelled || attempt.pod.isEmpty()) {
            return;
        }
        try {
            List<Event> events = api.events(
                    attempt.reference.namespace(),
                    attempt.pod.get().getMetadata().getUid());
            threads.post(() -> attempt.tellWarnings(events));
            if (isStrange(ended)) {
                capture.ifPresent(log -> events.stream()
                        .limit(MOST_EVENTS)
                        .map(AttemptEnds::line)
                        .forEach(log::note));
            }
        } catch (KubernetesClientException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "no events of attempt " + attempt.key, unreadable);
        }
    }

    private static boolean isStrange(Ended ended) {
        return ended.failure().filter(kind -> kind != FailureKind.USER).isPresent()
                || (ended.failure().isPresent() && ended.exitCode().isEmpty());
    }

    private static String line(Event event) {
        return "the cluster tells: " + event.getReason() + ": " + event.getMessage();
    }
}
