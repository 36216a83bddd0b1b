package io.tidegate.executor.kubernetes;

import io.tidegate.executor.kubernetes.ClusterApi.LogRequest;
import io.tidegate.executor.kubernetes.log.ContainerLog;
import io.tidegate.executor.kubernetes.manifest.JobManifest;
import io.tidegate.executor.process.AttemptLogWriter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Brings the logs of pods into the attempt's folder: follows them while the pods run, and reads the rest when they have ended. Safe for use by
 * several threads.
 */
final class LogCapture implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogCapture.class.getName());
    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 500;

    private final ClusterApi api;
    private final AttemptRecord record;
    private final AttemptLogWriter writer;
    private final Map<Source, ContainerLog> logs = new LinkedHashMap<>();
    private final Map<Source, CompletableFuture<Void>> following = new LinkedHashMap<>();

    /**
     * @param pod whose logs they are
     * @param logLimit most bytes of log kept
     * @throws IOException when the attempt's folder cannot be written
     */
    LogCapture(ClusterApi api, AttemptRecord record, PodLogs pod, long logLimit) throws IOException {
        this.api = api;
        this.record = record;
        this.writer = new AttemptLogWriter(record.folder(), logLimit);
        for (String container : pod.containers()) {
            boolean own = container.equals(JobManifest.CONTAINER);
            Source source = new Source(pod.namespace(), pod.name(), container, own);
            // The step's own log stands there as it is, so that it reads like that of any other executor.
            String prefix = own ? "" : "[" + container + "] ";
            logs.put(source, new ContainerLog(record.positionFile(container), writer, prefix));
        }
    }

    /**
     * A capture without a pod; they are {@link #add}ed as they come.
     *
     * @throws IOException when the attempt's folder cannot be written
     */
    LogCapture(ClusterApi api, AttemptRecord record, long logLimit) throws IOException {
        this.api = api;
        this.record = record;
        this.writer = new AttemptLogWriter(record.folder(), logLimit);
    }

    /**
     * Adds those containers of a pod that are not there yet. The first of all stands in the log as it is, lines of the others begin with their
     * names.
     *
     * @throws IOException when the position of a log cannot be read
     */
    synchronized void add(PodLogs pod) throws IOException {
        for (String container : pod.containers()) {
            boolean known = logs.keySet().stream()
                    .anyMatch(source -> source.pod.equals(pod.name()) && source.container.equals(container));
            if (!known) {
                String prefix = logs.isEmpty() ? "" : "[" + pod.name() + "/" + container + "] ";
                logs.put(
                        new Source(pod.namespace(), pod.name(), container, true),
                        new ContainerLog(record.positionFile(pod.name() + "-" + container), writer, prefix));
            }
        }
    }

    /** @param again whether a log that ended may go on, because its container may still run */
    private record Source(String namespace, String pod, String container, boolean again) {}

    /** @param containers names of the pod's containers, the step's own first */
    record PodLogs(String namespace, String name, List<String> containers) {}

    /** Follows those logs that are not being followed. One that ended although its container runs is followed again at the next call. */
    synchronized void follow() {
        logs.forEach((source, log) -> {
            CompletableFuture<Void> current = following.get(source);
            boolean broken =
                    current != null && (current.isCompletedExceptionally() || (current.isDone() && source.again));
            if (current == null || broken) {
                following.put(source, receive(source, log, true));
            }
        });
    }

    private CompletableFuture<Void> receive(Source source, ContainerLog log, boolean follow) {
        return api.log(
                new LogRequest(source.namespace, source.pod, source.container, log.since(), follow), log.receiver());
    }

    /** Reads what is missing, now that the pod has ended. Ends well whatever happens: what cannot be read is said in the log. */
    CompletableFuture<Void> complete(Executor work) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        synchronized (this) {
            following.values().forEach(one -> one.cancel(true));
            logs.forEach((source, log) -> all.add(complete(source, log, 1, work)));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> complete(Source source, ContainerLog log, int attempt, Executor work) {
        return receive(source, log, false)
                .handle((nothing, failure) -> Optional.ofNullable(failure))
                .thenCompose(failure -> {
                    if (failure.isEmpty() || wasNeverStarted(failure.get())) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    if (attempt < TRIES && !ClusterApi.isNotFound(failure.get())) {
                        Executor later =
                                CompletableFuture.delayedExecutor(PAUSE_MILLIS * attempt, TimeUnit.MILLISECONDS, work);
                        return CompletableFuture.runAsync(() -> {}, later)
                                .thenCompose(nothing -> complete(source, log, attempt + 1, work));
                    }
                    note("the log of container '" + source.container + "' may lack its end: "
                            + failure.get().getMessage());
                    return CompletableFuture.<Void>completedFuture(null);
                });
    }

    private static boolean wasNeverStarted(Throwable failure) {
        return ClusterApi.code(failure) == HttpURLConnection.HTTP_BAD_REQUEST;
    }

    /** Puts a line of our own into the log. */
    void note(String text) {
        try {
            writer.write(("[tidegate: " + text.strip() + "]\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot write the log of attempt " + record.key(), e);
        }
    }

    @Override
    public synchronized void close() {
        following.values().forEach(one -> one.cancel(true));
        try {
            for (ContainerLog log : logs.values()) {
                log.close();
            }
            writer.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot write the log of attempt " + record.key(), e);
        }
    }
}
