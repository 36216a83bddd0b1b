package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.ExitCodes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a DAG for a stretch of intervals. */
@Command(
        name = "backfill",
        description = "Run a DAG for every data interval that starts in a stretch of days, oldest first.",
        mixinStandardHelpOptions = true)
public final class BackfillCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Parameters(paramLabel = "DAG", description = "The DAG's name.")
    private String dag;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DATE",
            description = "First day on which an interval may start.")
    private String from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DATE",
            description = "Last day on which an interval may start.")
    private String to;

    @Option(names = "--wait", description = "Wait for the end of every run, and show progress.")
    private boolean wait;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        JsonNode backfill = client.post(
                "/dags/" + ApiClient.encoded(dag) + "/backfills",
                JsonNodeFactory.instance.objectNode().put("from", from).put("to", to));
        if (server.json() && !wait) {
            server.print(backfill);
            return ExitCodes.DONE;
        }
        int there = backfill.path("already_there").asInt();
        if (!server.json()) {
            server.say(backfill.path("runs").size() + " runs of " + dag
                    + (there > 0 ? ", " + there + " of them were there before" : ""));
        }
        int worst = ExitCodes.DONE;
        if (wait) {
            for (JsonNode run : backfill.path("runs")) {
                worst = Math.max(
                        worst,
                        RunProgress.of(server, client).follow(run.path("run").asText()));
            }
        }
        return worst;
    }
}
