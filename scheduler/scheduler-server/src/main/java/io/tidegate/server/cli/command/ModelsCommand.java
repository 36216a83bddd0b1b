package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists models, shows one, or takes a publication back. */
@Command(
        name = "models",
        description = "List models, show the versions of one, or make an earlier champion the champion again.",
        mixinStandardHelpOptions = true)
public final class ModelsCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "A model.")
    private String model;

    @Option(
            names = "--take-back",
            paramLabel = "VERSION",
            description = "Make this earlier champion the champion again.")
    private Integer takeBack;

    @Mixin
    private ReasonOption reason;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        JsonNode answer = model == null ? client.get("/models") : one(client);
        if (server.json()) {
            server.print(answer);
        } else if (model == null) {
            list(answer);
        } else {
            show(answer);
        }
        return 0;
    }

    private JsonNode one(ApiClient client) {
        String path = "/models/" + ApiClient.encoded(model);
        if (takeBack == null) {
            return client.get(path);
        }
        return client.post(
                path + "/champion",
                JsonNodeFactory.instance.objectNode().put("version", takeBack).put("reason", reason.text()));
    }

    private void list(JsonNode page) {
        TextTable table = new TextTable("MODEL", "CHAMPION", "SINCE", "VERSIONS", "FOLDER");
        for (JsonNode row : page.path("items")) {
            table.row(
                    row.path("model").asText(),
                    Words.text(row, "champion"),
                    Words.time(row, "champion_since"),
                    row.path("versions").asText(),
                    Words.text(row, "target"));
        }
        server.print(table);
    }

    private void show(JsonNode detail) {
        JsonNode summary = detail.path("summary");
        server.say("@|bold " + summary.path("model").asText() + "|@  champion " + Words.text(summary, "champion")
                + " since " + Words.time(summary, "champion_since"));
        TextTable table = new TextTable("VERSION", "STATE", "INTERVAL", "LOG LOSS", "AUC", "PARTITIONS", "REASON");
        for (JsonNode version : detail.path("versions")) {
            table.row(
                    version.path("version").asText(),
                    Words.state(version.path("state").asText()),
                    Words.text(version, "partition"),
                    Words.number(version.path("metrics").path("log_loss")),
                    Words.number(version.path("metrics").path("auc")),
                    String.valueOf(version.path("trained_on").size()),
                    Words.text(version, "reason"));
        }
        server.print(table);
    }
}
