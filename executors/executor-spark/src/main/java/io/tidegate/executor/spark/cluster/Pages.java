package io.tidegate.executor.spark.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads pages of clusters, in bounded time and size. Safe for use by several threads. */
public final class Pages {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 32 << 20;
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;

    public Pages() {
        this(HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build());
    }

    /** @param client what asks, for clusters that want certificates */
    public Pages(HttpClient client) {
        this.client = client;
    }

    /**
     * A JSON page; a missing node when there is no such page.
     *
     * @throws IOException when it is not answered, or answered with something else
     */
    public JsonNode json(HttpRequest.Builder request) throws IOException {
        byte[] body = get(request.header("Accept", "application/json"), 0, MOST_BYTES);
        return body.length == 0 ? com.fasterxml.jackson.databind.node.MissingNode.getInstance() : JSON.readTree(body);
    }

    /**
     * A JSON page; a missing node when there is no such page.
     *
     * @throws IOException when it is not answered, or answered with something else
     */
    public JsonNode json(String address) throws IOException {
        return json(HttpRequest.newBuilder(uri(address)));
    }

    /**
     * The bytes of a page from an offset on; none when there is no such page.
     *
     * @throws IOException when it is not answered well
     */
    public byte[] get(HttpRequest.Builder request, long offset, int maximumBytes) throws IOException {
        HttpResponse<InputStream> response = send(request.GET());
        try (InputStream body = response.body()) {
            if (response.statusCode() == NOT_FOUND) {
                return new byte[0];
            }
            check(response);
            try {
                body.skipNBytes(offset);
            } catch (java.io.EOFException shorter) {
                return new byte[0];
            }
            return body.readNBytes(maximumBytes);
        }
    }

    /**
     * Sends a request for its effect.
     *
     * @throws IOException when it is not answered well
     */
    public void act(HttpRequest.Builder request) throws IOException {
        HttpResponse<InputStream> response = send(request);
        try (InputStream body = response.body()) {
            if (response.statusCode() != NOT_FOUND) {
                check(response);
            }
            body.skip(MOST_BYTES);
        }
    }

    /** @throws IOException when the text is no address */
    public static URI uri(String address) throws IOException {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new IOException(address + " is no address: " + e.getMessage(), e);
        }
    }

    /** The address of a page below another one. */
    public static String below(String address, String path) {
        return (address.endsWith("/") ? address : address + "/") + path;
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.timeout(PATIENCE).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            // A refused connection comes without a message.
            throw new IOException(request.uri() + " does not answer: " + e, e);
        }
    }

    private static void check(HttpResponse<?> response) throws IOException {
        if (response.statusCode() >= 300) {
            throw new IOException(response.uri() + " answered " + response.statusCode());
        }
    }
}
