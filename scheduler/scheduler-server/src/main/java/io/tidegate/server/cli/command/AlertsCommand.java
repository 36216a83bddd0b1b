package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.text.Words;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists alerts: what failed, why, what it touches, and how to run it again. */
@Command(name = "alerts", description = "List open alerts, or close one.", mixinStandardHelpOptions = true)
public final class AlertsCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--all", description = "Also those that are resolved.")
    private boolean all;

    @Option(names = "--resolve", paramLabel = "ID", description = "Close this alert.")
    private Long resolve;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why it is closed.")
    private String reason;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        if (resolve != null) {
            client.post(
                    "/alerts/" + resolve + "/resolve",
                    JsonNodeFactory.instance.objectNode().put("reason", reason));
        }
        JsonNode page = client.get("/alerts", Map.of("open", String.valueOf(!all)));
        if (server.json()) {
            server.print(page);
            return 0;
        }
        if (page.path("items").isEmpty()) {
            server.say(all ? "no alerts" : "@|green no open alerts|@");
        }
        page.path("items").forEach(alert -> show(client, alert));
        return 0;
    }

    private void show(ApiClient client, JsonNode alert) {
        server.say("@|bold #" + alert.path("id").asText() + "|@ "
                + Words.state(alert.path("state").asText()) + "  "
                + Words.text(alert, "event").replace('_', ' ') + "  " + Words.time(alert, "opened_at"));
        server.say("  " + Words.text(alert, "message"));
        if (alert.hasNonNull("log_excerpt")) {
            alert.path("log_excerpt").asText().lines().forEach(line -> server.say("  | " + Words.clean(line)));
        }
        if (!alert.path("affected").isEmpty()) {
            StringBuilder affected = new StringBuilder();
            alert.path("affected")
                    .forEach(name ->
                            affected.append(affected.isEmpty() ? "" : ", ").append(name.asText()));
            server.say("  touches: " + Words.clean(affected.toString()));
        }
        alert.path("deliveries").forEach(line -> server.say("  told " + Words.clean(line.asText())));
        String run = alert.path("run").asText();
        server.say("  look: " + client.address() + "/runs/" + run);
        server.say("  again: tidegate rerun " + run);
        server.say("");
    }
}
