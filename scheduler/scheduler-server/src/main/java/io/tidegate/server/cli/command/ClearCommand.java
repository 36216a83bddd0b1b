package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the same steps of many runs again. */
@Command(
        name = "clear",
        description = "Run steps again in the newest run of each interval of a stretch; earlier attempts are kept.",
        mixinStandardHelpOptions = true)
public final class ClearCommand implements Callable<Integer> {
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

    @ArgGroup(multiplicity = "1")
    private Extent extent;

    @Option(names = "--downstream", description = "With --step: everything after the steps, too.")
    private boolean downstream;

    @Option(
            names = "--version",
            paramLabel = "original|latest",
            defaultValue = "original",
            description =
                    "The version of the DAG to go on with (default: ${DEFAULT-VALUE}, the one each run began with).")
    private String version;

    @Option(names = "--dry-run", description = "Only list what would run again, and why the rest would not.")
    private boolean dryRun;

    @Mixin
    private ReasonOption reason;

    private static final class Extent {
        @Option(names = "--step", paramLabel = "STEP", description = "A step; may be given several times.")
        private List<String> steps;

        @Option(names = "--failed", description = "What failed, was blocked or was cancelled.")
        private boolean failed;
    }

    @Override
    public Integer call() {
        ApiClient client = server.client();
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("from", from)
                .put("to", to)
                .put("downstream", downstream)
                .put("version", version)
                .put("dry_run", dryRun)
                .put("reason", reason.text());
        if (!extent.failed) {
            extent.steps.forEach(request.putArray("steps")::add);
        }
        JsonNode answer = client.post("/dags/" + ApiClient.encoded(dag) + "/clear", request);
        if (server.json()) {
            server.print(answer);
            return 0;
        }
        TextTable table =
                new TextTable("INTERVAL", "RUN", "STATE", dryRun ? "WOULD RUN AGAIN" : "RUNS AGAIN", "LEFT OUT");
        for (JsonNode row : answer.path("runs")) {
            table.row(
                    Words.text(row.path("interval"), "partition"),
                    row.path("run").asText(),
                    Words.state(row.path("state").asText()),
                    String.join(
                            ", ",
                            row.path("steps")
                                    .valueStream()
                                    .map(JsonNode::asText)
                                    .toList()),
                    Words.text(row, "left_out"));
        }
        server.print(table);
        server.say(Words.count(answer.path("cleared").asInt(), "run")
                + (dryRun ? " would go again; nothing was changed" : " of " + dag + " go again"));
        return 0;
    }
}
