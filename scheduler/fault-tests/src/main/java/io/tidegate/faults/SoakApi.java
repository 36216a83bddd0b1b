package io.tidegate.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks whichever server answers. Safe for use by several threads. */
final class SoakApi {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int ROUNDS = 20;
    private static final int OK = 200;
    private static final int REFUSED = 400;
    private static final int TROUBLE = 500;

    private final List<Node> nodes;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ObjectMapper json = new ObjectMapper();

    SoakApi(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Asks one server once; empty when it does not answer well. */
    Optional<JsonNode> get(Node node, String path) throws InterruptedException {
        return node.address().isEmpty()
                ? Optional.empty()
                : send(HttpRequest.newBuilder(URI.create(node.address().orElseThrow() + path))
                        .GET());
    }

    /** What a server's health check finds wrong, as it says it; empty when it is well. */
    Optional<String> illness(Node node) throws InterruptedException {
        Optional<String> address = node.address();
        if (address.isEmpty()) {
            return Optional.of("it is not up");
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address.get() + "/admin/healthcheck"))
                    .timeout(LIMIT)
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK ? Optional.empty() : Optional.of(answer.body());
        } catch (IOException unreachable) {
            return Optional.of(unreachable.toString());
        }
    }

    /** Asks a server and, when it does not answer, the next ones, for a while. */
    Optional<JsonNode> get(int first, String path) throws InterruptedException {
        return anywhere(first, path, Optional.empty());
    }

    /** Posts to a server and, when it does not answer, to the next ones, for a while. What is asked for may happen more than once. */
    Optional<JsonNode> post(int first, String path, String body) throws InterruptedException {
        return anywhere(first, path, Optional.of(body));
    }

    private Optional<JsonNode> anywhere(int first, String path, Optional<String> body) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<String> address = nodes.get((first + round) % nodes.size()).address();
            if (address.isPresent()) {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.get() + "/api/v1" + path));
                body.ifPresentOrElse(
                        text -> request.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(text)),
                        request::GET);
                Optional<JsonNode> answer = send(request);
                if (answer.isPresent()) {
                    return answer;
                }
            }
            Timeline.pause(PAUSE);
        }
        return Optional.empty();
    }

    /** An answer, also a refusal; empty for trouble that may pass. */
    private Optional<JsonNode> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            boolean answered = response.statusCode() >= OK && response.statusCode() < TROUBLE;
            if (response.statusCode() >= REFUSED && answered) {
                return Optional.of(json.createObjectNode().put("refused", response.body()));
            }
            return answered ? Optional.of(json.readTree(response.body())) : Optional.empty();
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }
}
