package io.tidegate.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.runtime.TidegateServer;
import io.tidegate.server.settings.ServerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/** A real server and a client of its API. Safe for use by several threads. */
final class BenchServer implements AutoCloseable {
    /** The server writes down when a run ended, so that nothing is lost by looking seldom; each look costs it more than a step does. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TidegateServer server;
    private final ApiClient api;

    private BenchServer(TidegateServer server) {
        this.server = server;
        this.api = new ApiClient(server.address());
    }

    static BenchServer start(ServerSettings settings, InstantSource clock) throws Exception {
        return new BenchServer(TidegateServer.start(settings, line -> {}, clock));
    }

    ApiClient api() {
        return api;
    }

    /** Starts a run and gives its id. */
    String run(String dag) {
        JsonNode made = api.post("/dags/" + dag + "/runs", JsonNodeFactory.instance.objectNode());
        return made.path("run").asText();
    }

    /** Waits for the end of one of a DAG's newest runs and gives its summary. */
    JsonNode ended(String dag, String run) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            JsonNode summary = summary(dag, run);
            if (summary.hasNonNull("finished_at")) {
                if (!summary.path("state").asText().equals("succeeded")) {
                    throw new IllegalStateException("run " + run + " has not succeeded: " + summary);
                }
                return summary;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new IllegalStateException("run " + run + " has not ended in " + PATIENCE);
    }

    /** A line of a list: the whole run, with a thousand steps, would take the server longer than they do. */
    private JsonNode summary(String dag, String run) {
        for (JsonNode line : api.get("/runs?limit=25&dag=" + dag).path("items")) {
            if (line.path("run").asText().equals(run)) {
                return line;
            }
        }
        return MissingNode.getInstance();
    }

    /** Milliseconds from the making of a run to its end, as the server has written them down. */
    double milliseconds(String dag) {
        JsonNode summary = ended(dag, run(dag));
        Instant from = Instant.parse(summary.path("created_at").asText());
        Instant until = Instant.parse(summary.path("finished_at").asText());
        return Duration.between(from, until).toNanos() / 1e6;
    }

    @Override
    public void close() {
        server.close();
    }
}
