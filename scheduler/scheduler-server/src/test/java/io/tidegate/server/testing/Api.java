package io.tidegate.server.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Asks a server as a program would. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");

    private final String address;

    /** The server of an address. */
    public static Api of(String address) {
        return new Api(address);
    }

    Api(String address) {
        this.address = address;
    }

    /**
     * @param body the answer as JSON; a missing node when it is not JSON
     */
    public record Answer(int status, String type, String text, JsonNode body) {
        public String detail() {
            return body.path("detail").asText();
        }
    }

    /** Gets a path below {@code /api/v1}. */
    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** Posts JSON. */
    public Answer post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + "/api/v1" + path)).timeout(Duration.ofSeconds(30));
    }

    /** The header of the answer to a GET. */
    public String header(String path, String name) {
        try {
            return HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue(name)
                    .orElseThrow();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Sends any request. */
    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    json(response.body()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static JsonNode json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** Starts a run, and gives its identifier. */
    public String run(String dag, String json) {
        Answer answer = post("/dags/" + dag + "/runs", json);
        if (answer.status() != 201) {
            throw new AssertionError("no run was made: " + answer);
        }
        return answer.body().path("run").asText();
    }

    /** Waits for the end of a run, and gives its details. */
    public JsonNode ended(String run) {
        Waiting.until(() -> ENDED.contains(state(run)));
        return get("/runs/" + run).body();
    }

    /** Runs a stretch of intervals to the end of the backfill, and gives the runs in order. */
    public List<String> backfill(String dag, String from, String to) {
        Answer answer = post("/dags/" + dag + "/backfills", "{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}");
        if (answer.status() != 201) {
            throw new AssertionError("no backfill was begun: " + answer);
        }
        String id = answer.body().path("id").asText();
        Waiting.until(
                () -> get("/backfills/" + id).body().path("state").asText().equals("finished"));
        return get("/backfills/" + id + "/intervals?limit=500")
                .body()
                .path("items")
                .findValuesAsText("run");
    }

    /** Ends all that still goes on, so that no program outlives the test that started it. */
    public void cancelEverything() {
        for (String state : List.of("queued", "running")) {
            get("/runs?limit=500&state=" + state).body().path("items").forEach(run -> {
                String id = run.path("run").asText();
                post("/runs/" + id + "/cancel", "{}");
                ended(id);
            });
        }
    }

    /** Waits until a step is in a state. */
    public void awaitStep(String run, String step, String state) {
        Waiting.until(() -> step(run, step).path("step").path("state").asText().equals(state));
    }

    /** What the executor calls the job of a step's first attempt, as soon as it has told. A step runs from the moment it is to be launched. */
    public String externalId(String run, String step) {
        Waiting.until(
                () -> !step(run, step).at("/attempts/0/external_id").asText().isEmpty());
        return step(run, step).at("/attempts/0/external_id").asText();
    }

    public String state(String run) {
        return get("/runs/" + run).body().path("summary").path("state").asText();
    }

    /** Everything that is known of a step. */
    public JsonNode step(String run, String step) {
        return get("/runs/" + run + "/steps/" + step).body();
    }

    /** The whole log of an attempt, up to a MiB. */
    public String log(String run, String step, int attempt) {
        return get("/runs/" + run + "/steps/" + step + "/attempts/" + attempt + "/log?limit=1048576")
                .body()
                .path("text")
                .asText();
    }
}
