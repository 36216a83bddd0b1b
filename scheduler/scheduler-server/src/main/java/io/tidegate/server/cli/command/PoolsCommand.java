package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and changes pools. */
@Command(
        name = "pools",
        description = "Show pools: how many places there are, who has some and who waits.",
        subcommands = {PoolsCommand.SetPlaces.class, PoolsCommand.Remove.class, PoolsCommand.History.class},
        mixinStandardHelpOptions = true)
public final class PoolsCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Override
    public Integer call() {
        JsonNode page = server.client().get("/pools");
        if (server.json()) {
            server.print(page);
            return 0;
        }
        TextTable table = new TextTable("POOL", "PLACES", "USED", "FREE", "WAITED FOR", "SET BY", "SET");
        for (JsonNode pool : page.path("items")) {
            table.row(
                    pool.path("pool").asText(),
                    pool.path("places").asText(),
                    pool.path("used").asText(),
                    pool.path("free").asText(),
                    pool.path("waiting").asText(),
                    Words.text(pool, "changed_by"),
                    Words.time(pool, "changed_at"));
        }
        if (table.isEmpty()) {
            server.say("no pools yet; make one with: tidegate pools set NAME PLACES");
            return 0;
        }
        server.print(table);
        TextTable claims = claims(page);
        if (!claims.isEmpty()) {
            server.say("");
            server.print(claims);
        }
        return 0;
    }

    private static TextTable claims(JsonNode page) {
        TextTable table = new TextTable("POOL", "DAG", "STEP", "RUN", "PLACES", "PRIORITY", "SINCE", "SO");
        for (JsonNode pool : page.path("items")) {
            pool.path("holders").forEach(claim -> row(table, pool, claim, "has them"));
            pool.path("waiters")
                    .forEach(claim -> row(
                            table,
                            pool,
                            claim,
                            claim.has("reason") ? Words.text(claim, "reason") : "is about to have them"));
        }
        return table;
    }

    private static void row(TextTable table, JsonNode pool, JsonNode claim, String how) {
        table.row(
                pool.path("pool").asText(),
                claim.path("dag").asText(),
                claim.path("step").asText(),
                claim.path("run").asText(),
                claim.path("places").asText(),
                claim.path("priority").asText(),
                Words.time(claim, "since"),
                how);
    }

    /** Makes a pool or gives it another size. */
    @Command(
            name = "set",
            description =
                    "Make a pool, or give it another size. What is held beyond it stays held until its attempts end.",
            mixinStandardHelpOptions = true)
    static final class SetPlaces implements Callable<Integer> {
        @Mixin
        private ServerOptions server;

        @Parameters(index = "0", paramLabel = "NAME", description = "The pool's name.")
        private String pool;

        @Parameters(index = "1", paramLabel = "PLACES", description = "How many there are; 0 lets nobody start.")
        private int places;

        @Mixin
        private ReasonOption reason;

        @Override
        public Integer call() {
            JsonNode answer = server.client()
                    .post(
                            "/pools/" + ApiClient.encoded(pool),
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("places", places)
                                    .put("reason", reason.text()));
            if (server.json()) {
                server.print(answer);
            } else {
                server.say("pool " + answer.path("pool").asText() + " has "
                        + answer.path("places").asText() + " places, of which "
                        + answer.path("used").asText() + " are used");
            }
            return 0;
        }
    }

    /** Takes a pool away. */
    @Command(
            name = "remove",
            description = "Take a pool away. Steps that ask for it wait until there is one again.",
            mixinStandardHelpOptions = true)
    static final class Remove implements Callable<Integer> {
        @Mixin
        private ServerOptions server;

        @Parameters(paramLabel = "NAME", description = "The pool's name.")
        private String pool;

        @Mixin
        private ReasonOption reason;

        @Override
        public Integer call() {
            JsonNode answer = server.client()
                    .post(
                            "/pools/" + ApiClient.encoded(pool) + "/remove",
                            JsonNodeFactory.instance.objectNode().put("reason", reason.text()));
            if (server.json()) {
                server.print(answer);
            } else {
                server.say("pool " + pool + " is gone");
            }
            return 0;
        }
    }

    /** Who changed what. */
    @Command(name = "history", description = "Show who changed pools, when and why.", mixinStandardHelpOptions = true)
    static final class History implements Callable<Integer> {
        @Mixin
        private ServerOptions server;

        @Option(
                names = "--limit",
                paramLabel = "NUMBER",
                defaultValue = "25",
                description = "How many lines (default: ${DEFAULT-VALUE}).")
        private int limit;

        @Override
        public Integer call() {
            JsonNode page = server.client().get("/pools/history", Map.of("limit", String.valueOf(limit)));
            if (server.json()) {
                server.print(page);
                return 0;
            }
            TextTable table = new TextTable("TIME", "POOL", "WHAT", "PLACES", "BY", "REASON");
            for (JsonNode event : page.path("items")) {
                table.row(
                        Words.time(event, "at"),
                        event.path("pool").asText(),
                        event.path("type").asText().equals("pool_set") ? "set" : "removed",
                        event.path("places").asText(),
                        Words.text(event, "actor"),
                        Words.text(event, "reason"));
            }
            if (table.isEmpty()) {
                server.say("nobody has changed a pool");
            } else {
                server.print(table);
            }
            return 0;
        }
    }
}
