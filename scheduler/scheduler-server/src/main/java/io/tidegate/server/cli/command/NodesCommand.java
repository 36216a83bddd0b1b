package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the servers on a database. */
@Command(
        name = "nodes",
        description = "Show the servers on this database: what each owns, how old its lease is, how its loops go.",
        mixinStandardHelpOptions = true)
public final class NodesCommand implements Callable<Integer> {
    private static final double MILLIS = 1000.0;

    @Mixin
    private ServerOptions server;

    @Override
    public Integer call() {
        JsonNode page = server.client().get("/nodes");
        if (server.json()) {
            server.print(page);
            return 0;
        }
        TextTable table =
                new TextTable("NODE", "STATE", "VERSION", "SINCE", "RUNS", "ATTEMPTS", "RENEWED", "SLOWEST LOOP");
        for (JsonNode node : page.path("items")) {
            table.row(
                    node.path("name").asText(),
                    node.path("state").asText(),
                    Words.text(node, "version"),
                    Words.time(node, "since"),
                    node.path("runs").asText(),
                    node.path("attempts").asText(),
                    seconds(node.path("lease_age_millis")) + " ago",
                    slowest(node.path("loops")));
        }
        server.print(table);
        return 0;
    }

    /** The loop that is nearest to the time it may be silent, or furthest beyond: some have a round a second, others one in minutes. */
    private static String slowest(JsonNode loops) {
        return StreamSupport.stream(loops.spliterator(), false)
                .max(Comparator.<JsonNode, Boolean>comparing(
                                loop -> !loop.path("alive").asBoolean())
                        .thenComparing(NodesCommand::share))
                .map(loop -> loop.path("loop").asText() + " "
                        + seconds(loop.path("silence_millis"))
                        + " of " + seconds(loop.path("bound_millis"))
                        + (loop.path("alive").asBoolean() ? "" : " SILENT"))
                .orElse("");
    }

    private static double share(JsonNode loop) {
        return loop.path("silence_millis").asDouble()
                / Math.max(1, loop.path("bound_millis").asDouble());
    }

    private static String seconds(JsonNode millis) {
        return String.format(Locale.ROOT, "%.1f s", millis.asLong() / MILLIS);
    }
}
