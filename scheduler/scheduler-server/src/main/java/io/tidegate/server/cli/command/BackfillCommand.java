package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a DAG for a stretch of intervals. */
@Command(
        name = "backfill",
        description = {
            "Run a DAG for every data interval that starts in a stretch of days.",
            "The server makes the runs one after the other, as places get free; look at it, pause it or end it with: tidegate backfills"
        },
        mixinStandardHelpOptions = true)
public final class BackfillCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    /** What becomes of intervals that have a run. */
    enum Reprocess {
        NONE,
        FAILED,
        ALL
    }

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

    @Option(names = "--backwards", description = "Newest interval first.")
    private boolean backwards;

    @Option(
            names = "--reprocess",
            paramLabel = "none|failed|all",
            defaultValue = "none",
            description =
                    "Intervals that have a run: left alone, run again when it failed or was cancelled, or run again (default: ${DEFAULT-VALUE}).")
    private Reprocess reprocess;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many of its runs go at once, whatever the DAG's overlap rule says (default: ${DEFAULT-VALUE}).")
    private int parallel;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            description = "A parameter of every run; may be given several times.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Mixin
    private ReasonOption reason;

    @Option(names = "--dry-run", description = "Only list what would run, and why the rest would not.")
    private boolean dryRun;

    @Option(names = "--wait", description = "Wait for its end, and show progress.")
    private boolean wait;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        String path = "/dags/" + ApiClient.encoded(dag) + "/backfills";
        if (dryRun) {
            preview(client.post(path + "/preview", request()));
            return ExitCodes.DONE;
        }
        JsonNode backfill = client.post(path, request());
        String id = backfill.path("id").asText();
        if (wait) {
            return new BackfillProgress(server, client).follow(id);
        }
        if (server.json()) {
            server.print(backfill);
            return ExitCodes.DONE;
        }
        server.say("backfill " + id + ": " + BackfillProgress.begun(backfill));
        server.say("watch it with: tidegate backfills show " + id);
        return ExitCodes.DONE;
    }

    private ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("from", from)
                .put("to", to)
                .put("backwards", backwards)
                .put("reprocess", reprocess.name().toLowerCase(Locale.ROOT))
                .put("parallel", parallel)
                .put("reason", reason.text());
        parameters.forEach(request.withObject("/parameters")::put);
        return request;
    }

    private void preview(JsonNode preview) {
        if (server.json()) {
            server.print(preview);
            return;
        }
        TextTable table = new TextTable("INTERVAL", "", "NEWEST RUN", "WHY NOT");
        for (JsonNode row : preview.path("intervals")) {
            boolean runs = !row.has("left_out");
            table.row(
                    Words.text(row.path("interval"), "partition"),
                    runs ? "@|green would run|@" : "@|faint left out|@",
                    Words.text(row, "existing"),
                    Words.text(row, "left_out"));
        }
        server.print(table);
        server.say(preview.path("would_run").asText() + " of "
                + Words.count(preview.path("total").asInt(), "interval") + " would run; nothing was changed");
    }
}
