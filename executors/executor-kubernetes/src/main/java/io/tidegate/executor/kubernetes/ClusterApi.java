package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.tidegate.executor.kubernetes.manifest.Labels;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The requests that a cluster's API is asked, each within the rate limit and counted. Failures are {@link KubernetesClientException}; those
 * that pass have then been tried again, with the pauses that the cluster asked for. Safe for use by several threads.
 */
final class ClusterApi implements AutoCloseable {
    private static final long FOLLOW_DAYS = 30;
    private static final int TRIES_AGAIN = 4;
    private static final long FIRST_PAUSE_NANOS = 100_000_000;
    private static final int TOO_MANY_REQUESTS = 429;

    private final KubernetesClient client;
    private final RateLimit limit;
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();

    /** @param limit the one that the client's {@link RetryAfter} pauses */
    ClusterApi(KubernetesClient client, RateLimit limit) {
        this.client = client;
        this.limit = limit;
    }

    KubernetesClient client() {
        return client;
    }

    /** How many requests there were, by what they ask for. */
    Map<String, Long> requests() {
        Map<String, Long> counts = new TreeMap<>();
        requests.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    /** Asks again while the cluster says that it is busy, or does not answer. */
    <T> T asking(String what, Supplier<T> request) {
        for (int attempt = 1; ; attempt++) {
            limit.enter();
            try {
                count(what);
                return request.get();
            } catch (KubernetesClientException failure) {
                if (attempt > TRIES_AGAIN
                        || !isPassing(failure)
                        || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            } finally {
                limit.leave();
            }
            RateLimit.sleepUntil(System.nanoTime() + (FIRST_PAUSE_NANOS << attempt));
        }
    }

    private static boolean isPassing(KubernetesClientException failure) {
        int code = failure.getCode();
        return code <= 0 || code == TOO_MANY_REQUESTS || code >= HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    private void count(String what) {
        requests.computeIfAbsent(what, name -> new LongAdder()).increment();
    }

    Job create(Job job) {
        return asking(
                "create",
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(job.getMetadata().getNamespace())
                        .resource(job)
                        .create());
    }

    /** Empty when there is none. */
    Optional<Job> job(String namespace, String name) {
        return asking(
                "get",
                () -> Optional.ofNullable(client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    /** Deletes a Job and its pods, which have their grace period; the Job stays until they are gone. No harm when there is none. */
    void delete(String namespace, String name) {
        asking(
                "delete",
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName(name)
                        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                        .delete());
    }

    List<Job> jobs(String namespace) {
        return asking(
                "list",
                () -> ours(client.batch().v1().jobs().inNamespace(namespace))
                        .list()
                        .getItems());
    }

    List<Pod> pods(String namespace) {
        return asking(
                "list", () -> ours(client.pods().inNamespace(namespace)).list().getItems());
    }

    /** Narrows to objects with our label. */
    static <T extends HasMetadata, L extends KubernetesResourceList<T>, W> FilterWatchListDeletable<T, L, W> ours(
            FilterWatchListDeletable<T, L, W> all) {
        return all.withLabel(Labels.OURS, Labels.TIDEGATE);
    }

    /** All quotas of a namespace, which others have set. */
    List<ResourceQuota> quotas(String namespace) {
        return asking(
                "quotas",
                () -> client.resourceQuotas().inNamespace(namespace).list().getItems());
    }

    /** What the cluster tells of an object, oldest first. */
    List<Event> events(String namespace, String uid) {
        return asking(
                "events",
                () -> client.v1()
                        .events()
                        .inNamespace(namespace)
                        .withField("involvedObject.uid", uid)
                        .list()
                        .getItems());
    }

    /**
     * A container's log with timestamps.
     *
     * @param since only what is not older, in whole seconds
     * @param follow whether to wait for more until the container has ended
     */
    record LogRequest(String namespace, String pod, String container, Optional<String> since, boolean follow) {
        private String path() {
            return "api/v1/namespaces/" + namespace + "/pods/" + pod + "/log?timestamps=true&container="
                    + encoded(container)
                    + (follow ? "&follow=true" : "")
                    + since.map(time -> "&sinceTime=" + encoded(time)).orElse("");
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /**
     * Starts to receive a log.
     *
     * @param target gets the log as it comes, on the client's threads
     * @return ends with the log; exceptionally with {@link KubernetesClientException}, which has the answer's code. Cancelling it ends the
     *     connection.
     */
    CompletableFuture<Void> log(LogRequest request, OutputStream target) {
        limit.take();
        count("log");
        HttpRequest http = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(base() + request.path())
                .timeout(
                        request.follow()
                                ? TimeUnit.DAYS.toMillis(FOLLOW_DAYS)
                                : client.getConfiguration().getRequestTimeout(),
                        TimeUnit.MILLISECONDS)
                .build();
        LogTransfer transfer = new LogTransfer(target);
        CompletableFuture<HttpResponse<AsyncBody>> answer =
                client.getHttpClient().consumeBytes(http, transfer::receive);
        return transfer.run(answer);
    }

    private String base() {
        String url = client.getMasterUrl().toString();
        return url.endsWith("/") ? url : url + "/";
    }

    static boolean isNotFound(Throwable failure) {
        return code(failure) == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** The answer's code; 0 when there was no answer. */
    static int code(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof KubernetesClientException)) {
            cause = cause.getCause();
        }
        return cause instanceof KubernetesClientException answer ? answer.getCode() : 0;
    }

    @Override
    public void close() {
        client.close();
    }
}
