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
 * Brings the log of a pod into the attempt's folder: follows it while the pod runs, and reads the rest when it has ended. Safe for use by
 * several threads.
 */
final class LogCapture implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogCapture.class.getName());
    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 500;

    private final ClusterApi api;
    private final AttemptRecord record;
    private final String namespace;
    private final String pod;
    private final AttemptLogWriter writer;
    private final Map<String, ContainerLog> logs = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<Void>> following = new LinkedHashMap<>();

    /**
     * @param pod whose logs they are
     * @param logLimit most bytes of log kept
     * @throws IOException when the attempt's folder cannot be written
     */
    LogCapture(ClusterApi api, AttemptRecord record, PodLogs pod, long logLimit) throws IOException {
        this.api = api;
        this.record = record;
        this.namespace = pod.namespace();
        this.pod = pod.name();
        this.writer = new AttemptLogWriter(record.folder(), logLimit);
        for (String container : pod.containers()) {
            // The step's own log stands there as it is, so that it reads like that of any other executor.
            String prefix = container.equals(JobManifest.CONTAINER) ? "" : "[" + container + "] ";
            logs.put(container, new ContainerLog(record.positionFile(container), writer, prefix));
        }
    }

    /** @param containers names of the pod's containers, the step's own first */
    record PodLogs(String namespace, String name, List<String> containers) {}

    /** Follows those logs that are not being followed. One that ended although its container runs is followed again at the next call. */
    synchronized void follow() {
        logs.forEach((container, log) -> {
            CompletableFuture<Void> current = following.get(container);
            boolean broken = current != null
                    && (current.isCompletedExceptionally()
                            || (current.isDone() && container.equals(JobManifest.CONTAINER)));
            if (current == null || broken) {
                following.put(container, receive(container, log, true));
            }
        });
    }

    private CompletableFuture<Void> receive(String container, ContainerLog log, boolean follow) {
        return api.log(new LogRequest(namespace, pod, container, log.since(), follow), log.receiver());
    }

    /** Reads what is missing, now that the pod has ended. Ends well whatever happens: what cannot be read is said in the log. */
    CompletableFuture<Void> complete(Executor work) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        synchronized (this) {
            following.values().forEach(one -> one.cancel(true));
            logs.forEach((container, log) -> all.add(complete(container, log, 1, work)));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> complete(String container, ContainerLog log, int attempt, Executor work) {
        return receive(container, log, false)
                .handle((nothing, failure) -> Optional.ofNullable(failure))
                .thenCompose(failure -> {
                    if (failure.isEmpty() || wasNeverStarted(failure.get())) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    if (attempt < TRIES && !ClusterApi.isNotFound(failure.get())) {
                        Executor later =
                                CompletableFuture.delayedExecutor(PAUSE_MILLIS * attempt, TimeUnit.MILLISECONDS, work);
                        return CompletableFuture.runAsync(() -> {}, later)
                                .thenCompose(nothing -> complete(container, log, attempt + 1, work));
                    }
                    note("the log of container '" + container + "' may lack its end: "
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
