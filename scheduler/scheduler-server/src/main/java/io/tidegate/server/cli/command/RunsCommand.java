package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists runs. */
@Command(name = "runs", description = "List runs, newest first.", mixinStandardHelpOptions = true)
public final class RunsCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Parameters(arity = "0..1", paramLabel = "DAG", description = "Only runs of this DAG.")
    private String dag;

    @Option(names = "--state", paramLabel = "STATE", description = "Only runs in this state, for example failed.")
    private String state;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "25",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        Map<String, String> query = new LinkedHashMap<>();
        if (dag != null) {
            query.put("dag", dag);
        }
        if (state != null) {
            query.put("state", state);
        }
        query.put("limit", String.valueOf(limit));
        JsonNode page = server.client().get("/runs", query);
        if (server.json()) {
            server.print(page);
            return 0;
        }
        TextTable table = new TextTable("RUN", "DAG", "INTERVAL", "STATE", "TRIGGER", "STARTED", "TOOK", "REASON");
        for (JsonNode run : page.path("items")) {
            table.row(
                    run.path("run").asText(),
                    run.path("dag").asText(),
                    Words.text(run.path("interval"), "partition"),
                    Words.state(run.path("state").asText()),
                    run.path("trigger").asText(),
                    Words.time(run, "started_at"),
                    Words.between(run, "started_at", "finished_at"),
                    Words.text(run, "reason"));
        }
        if (table.isEmpty()) {
            server.say("no runs yet; start one with: tidegate run DAG");
        } else {
            server.print(table);
        }
        return 0;
    }
}
