package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Hears a cluster ask for a pause, and keeps it for everything that it is asked. */
record RetryAfter(RateLimit limit) implements Interceptor {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final long LONGEST_SECONDS = 60;

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.code() != TOO_MANY_REQUESTS && response.code() != UNAVAILABLE) {
            return;
        }
        String header = response.header("Retry-After");
        // The API server writes seconds; a date, which proxies may write, is not worth a parser.
        if (header != null && header.matches("[0-9]{1,6}")) {
            limit.pause(Duration.ofSeconds(Math.min(LONGEST_SECONDS, Long.parseLong(header))));
        }
    }
}
