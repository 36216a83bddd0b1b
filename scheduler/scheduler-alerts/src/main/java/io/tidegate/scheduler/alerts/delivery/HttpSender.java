package io.tidegate.scheduler.alerts.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts JSON over HTTP with bounded time and bounded answers. Redirects are not followed and link-local addresses, where clouds serve their machines'
 * credentials, are refused. Safe for use by several threads.
 */
public final class HttpSender {
    private static final int SUCCESS = 200;
    private static final int REDIRECT = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int LONGEST_RETRY_AFTER_DIGITS = 6;

    private final HttpClient client;
    private final Duration timeout;

    /**
     * @param timeout for connecting, and again for the whole exchange
     */
    public HttpSender(Duration timeout) {
        this.timeout = Objects.requireNonNull(timeout, "timeout");
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /** What is wrong with an address to post to; empty when it can be used. */
    public static Optional<String> problem(URI address) {
        String scheme = Optional.ofNullable(address.getScheme()).orElse("");
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            return Optional.of("must begin with https:// or http://");
        }
        if (address.getHost() == null) {
            return Optional.of("has no host");
        }
        if (address.getUserInfo() != null) {
            return Optional.of("must not hold a user name or password; use a token");
        }
        return Optional.empty();
    }

    /**
     * Posts a body.
     *
     * @param headers beside the content type
     * @throws DeliveryException when there was no answer that says it was taken
     */
    public void post(URI address, Map<String, String> headers, String json) throws DeliveryException {
        refuseLinkLocal(address.getHost());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
        headers.forEach(request::setHeader);
        judge(address, exchange(address, request.build()));
    }

    private static void refuseLinkLocal(String host) throws DeliveryException {
        try {
            for (InetAddress resolved : InetAddress.getAllByName(host)) {
                if (resolved.isLinkLocalAddress() || resolved.isAnyLocalAddress() || resolved.isMulticastAddress()) {
                    throw DeliveryException.permanent(
                            host + " is " + resolved.getHostAddress() + ", an address nothing is sent to");
                }
            }
        } catch (UnknownHostException e) {
            throw DeliveryException.temporary("the host " + host + " is not known", e);
        }
    }

    private HttpResponse<String> exchange(URI address, HttpRequest request) throws DeliveryException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, ignored -> new ShortText());
        try {
            return answer.get(timeout.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            boolean connection = cause instanceof IOException;
            throw DeliveryException.temporary(
                    "no answer from " + address.getHost() + ": " + (connection ? describe(cause) : cause.toString()),
                    cause);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw DeliveryException.temporary("no whole answer from " + address.getHost() + " in time", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw DeliveryException.temporary("interrupted", e);
        }
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static void judge(URI address, HttpResponse<String> answer) throws DeliveryException {
        int status = answer.statusCode();
        if (status >= SUCCESS && status < REDIRECT) {
            return;
        }
        String said = address.getHost() + " answered " + status + (answer.body().isEmpty() ? "" : ": " + answer.body());
        boolean busy = status == REQUEST_TIMEOUT || status == TOO_EARLY || status == TOO_MANY || status >= SERVER_ERROR;
        if (busy) {
            throw DeliveryException.after(said, retryAfter(answer));
        }
        throw DeliveryException.permanent(
                status < CLIENT_ERROR ? said + ", a redirect, and redirects are not followed" : said);
    }

    private static Optional<Duration> retryAfter(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.length() <= LONGEST_RETRY_AFTER_DIGITS)
                .filter(value -> !value.isEmpty() && value.chars().allMatch(letter -> letter >= '0' && letter <= '9'))
                .map(value -> Duration.ofSeconds(Integer.parseInt(value)));
    }
}
