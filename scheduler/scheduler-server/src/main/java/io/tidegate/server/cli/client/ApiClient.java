package io.tidegate.server.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Asks a server. Every way this can fail ends in a {@link CommandException} that says what to do. Thread-safe. */
public final class ApiClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;
    private static final int BUSY = 503;
    private static final int PATIENCE = 10;
    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:-]+/?");
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int FIRST_ERROR = 400;

    private final String address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param address the server's base address, for example {@code http://127.0.0.1:8080}
     */
    public ApiClient(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new CommandException(
                    ExitCodes.USAGE,
                    "'" + address + "' is no address of a server; write one such as http://127.0.0.1:8080");
        }
        this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    public String address() {
        return address;
    }

    /** Gets {@code /api/v1} plus the path. A server that is busy for a moment is asked again. */
    public JsonNode get(String path) {
        HttpRequest request = request(path).GET().build();
        for (int round = 1; round < PATIENCE; round++) {
            try {
                return send(request);
            } catch (BusyException busy) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return send(request);
    }

    /** Gets with query parameters; those with a null value are left out. */
    public JsonNode get(String path, Map<String, String> query) {
        StringJoiner joined = new StringJoiner("&", "?", "").setEmptyValue("");
        query.forEach((name, value) -> joined.add(name + "=" + encoded(value)));
        return get(path + joined);
    }

    /** Posts a JSON body. */
    public JsonNode post(String path, JsonNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    /** Text that can stand in a path or a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + "/api/v1" + path))
                .timeout(ANSWER_LIMIT)
                .header("Accept", "application/json");
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == BUSY) {
                throw new BusyException(problem(response).getMessage());
            }
            if (response.statusCode() >= FIRST_ERROR) {
                throw problem(response);
            }
            return response.body().isEmpty() ? json.nullNode() : json.readTree(response.body());
        } catch (JsonProcessingException notOurs) {
            throw new CommandException(
                    ExitCodes.UNREACHABLE, "what answers at " + address + " is not a Tidegate server");
        } catch (IOException unreachable) {
            throw new CommandException(
                    ExitCodes.UNREACHABLE,
                    "no Tidegate server answers at " + address + "; start one with: tidegate up");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCodes.FAILED, "interrupted");
        }
    }

    private CommandException problem(HttpResponse<String> response) {
        int code = response.statusCode() == NOT_FOUND ? ExitCodes.NOT_FOUND : ExitCodes.FAILED;
        try {
            JsonNode body = json.readTree(response.body());
            StringJoiner message = new StringJoiner("\n  ");
            message.add(body.path("detail").asText("the server answered " + response.statusCode()));
            StreamSupport.stream(body.path("errors").spliterator(), false)
                    .forEach(error -> message.add(error.asText()));
            return new CommandException(code, message.toString());
        } catch (JsonProcessingException notJson) {
            return new CommandException(code, "the server answered " + response.statusCode());
        }
    }

    /** The server, or its database, cannot serve for a moment. */
    private static final class BusyException extends CommandException {
        private static final long serialVersionUID = 1L;

        BusyException(String message) {
            super(ExitCodes.FAILED, message);
        }
    }
}
