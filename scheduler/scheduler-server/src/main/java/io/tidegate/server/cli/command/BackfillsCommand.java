package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists backfills; its subcommands look at one, pause, resume and end it. */
@Command(
        name = "backfills",
        description = "List backfills, newest first; look at one, pause, resume or cancel it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BackfillsCommand.Show.class,
            BackfillsCommand.Pause.class,
            BackfillsCommand.Resume.class,
            BackfillsCommand.Cancel.class
        })
public final class BackfillsCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--dag", paramLabel = "DAG", description = "Only backfills of this DAG.")
    private String dag;

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
        query.put("limit", String.valueOf(limit));
        JsonNode page = server.client().get("/backfills", query);
        if (server.json()) {
            server.print(page);
            return 0;
        }
        TextTable table = new TextTable("ID", "DAG", "FROM", "TO", "STATE", "PROGRESS", "BY", "BEGUN", "REASON");
        for (JsonNode backfill : page.path("items")) {
            table.row(
                    backfill.path("id").asText(),
                    backfill.path("dag").asText(),
                    backfill.path("from").asText(),
                    backfill.path("to").asText(),
                    Words.state(backfill.path("state").asText()),
                    BackfillProgress.words(backfill.path("progress")),
                    Words.text(backfill, "actor"),
                    Words.time(backfill, "created_at"),
                    Words.text(backfill, "reason"));
        }
        if (table.isEmpty()) {
            server.say("no backfills yet; begin one with: tidegate backfill DAG --from DATE --to DATE");
        } else {
            server.print(table);
        }
        return 0;
    }

    /** Looks at one. */
    @Command(name = "show", description = "Show a backfill and its intervals.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Mixin
        private ServerOptions server;

        @Parameters(paramLabel = "ID", description = "The backfill's number.")
        private String id;

        @Override
        public Integer call() {
            ApiClient client = server.client();
            JsonNode backfill = client.get("/backfills/" + ApiClient.encoded(id));
            if (server.json()) {
                server.print(backfill);
                return 0;
            }
            server.say("@|bold backfill " + backfill.path("id").asText() + "|@ of "
                    + backfill.path("dag").asText() + "  "
                    + Words.state(backfill.path("state").asText()) + "  "
                    + BackfillProgress.words(backfill.path("progress")));
            server.say(manner(backfill));
            server.say(client.address() + "/backfills/" + backfill.path("id").asText());
            server.say("");
            server.print(intervals(client, backfill.path("id").asText()));
            return 0;
        }

        private static String manner(JsonNode backfill) {
            return backfill.path("from").asText() + " to " + backfill.path("to").asText()
                    + (backfill.path("backwards").asBoolean() ? " backwards" : "") + ", reprocess "
                    + backfill.path("reprocess").asText() + ", "
                    + backfill.path("parallel").asText()
                    + " at once, by " + Words.text(backfill, "actor")
                    + (backfill.path("reason").asText().isEmpty() ? "" : ": " + Words.text(backfill, "reason"));
        }

        private static TextTable intervals(ApiClient client, String id) {
            TextTable table = new TextTable("INTERVAL", "STATE", "TOOK", "RUN", "WHY NOT");
            JsonNode page = client.get("/backfills/" + id + "/intervals");
            while (!page.path("items").isEmpty()) {
                for (JsonNode interval : page.path("items")) {
                    String word = interval.has("left_out") ? "left_out" : "waiting";
                    table.row(
                            Words.text(interval.path("interval"), "partition"),
                            Words.state(interval.path("state").asText(word)),
                            Words.between(interval, "started_at", "finished_at"),
                            Words.text(interval, "run"),
                            Words.text(interval, "left_out"));
                }
                page = page.has("next")
                        ? client.get(
                                "/backfills/" + id + "/intervals",
                                Map.of("after", page.path("next").asText()))
                        : JsonNodeFactory.instance.objectNode();
            }
            return table;
        }
    }

    /** What the three that change something have in common. */
    abstract static class Move implements Callable<Integer> {
        @Mixin
        private ServerOptions server;

        @Parameters(paramLabel = "ID", description = "The backfill's number.")
        private String id;

        @Mixin
        private ReasonOption reason;

        final int move(String action, ObjectNode request, String done) {
            JsonNode answer = server.client()
                    .post("/backfills/" + ApiClient.encoded(id) + "/" + action, request.put("reason", reason.text()));
            if (server.json()) {
                server.print(answer);
            } else {
                server.say("backfill " + id + " " + done + ": " + BackfillProgress.words(answer.path("progress")));
            }
            return 0;
        }
    }

    /** Stops making runs. */
    @Command(
            name = "pause",
            description = "Make no further runs; those that go are left to their end.",
            mixinStandardHelpOptions = true)
    static final class Pause extends Move {
        @Override
        public Integer call() {
            return move("pause", JsonNodeFactory.instance.objectNode(), "is paused");
        }
    }

    /** Goes on making runs. */
    @Command(name = "resume", description = "Go on where it was paused.", mixinStandardHelpOptions = true)
    static final class Resume extends Move {
        @Override
        public Integer call() {
            return move("resume", JsonNodeFactory.instance.objectNode(), "goes on");
        }
    }

    /** Ends it. */
    @Command(
            name = "cancel",
            description = "End a backfill: intervals that wait get no run, and runs that go are cancelled.",
            mixinStandardHelpOptions = true)
    static final class Cancel extends Move {
        @Option(names = "--leave-running", description = "Leave runs that go to their end.")
        private boolean leave;

        @Override
        public Integer call() {
            return move(
                    "cancel",
                    JsonNodeFactory.instance.objectNode().put("running", leave ? "leave" : "cancel"),
                    "is cancelled");
        }
    }
}
