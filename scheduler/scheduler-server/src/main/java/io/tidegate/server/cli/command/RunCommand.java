package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a DAG once. */
@Command(name = "run", description = "Run a DAG once, and wait for its end.", mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Mixin
    private LocalOptions local;

    @Parameters(paramLabel = "DAG", description = "The DAG's name; with --local its file.")
    private String dag;

    @Option(
            names = "--interval",
            paramLabel = "DATE",
            description = "First day of the data interval, for example 2001-03-05.")
    private String interval;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            description = "A parameter; may be given several times.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--params", description = "Show which parameters the DAG takes, and run nothing.")
    private boolean askParameters;

    @Option(names = "--no-wait", description = "Do not wait for the end.")
    private boolean noWait;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (local.local()) {
            return new LocalRuns(server, local)
                    .run(Path.of(dag), LocalRuns.given(Optional.ofNullable(interval), parameters));
        }
        if (local.areGiven()) {
            throw new CommandException(ExitCodes.USAGE, "--sample, --keep and --config are for runs with --local");
        }
        ApiClient client = server.client();
        if (askParameters) {
            showParameters(client.get("/dags/" + ApiClient.encoded(dag)).path("parameters"));
            return 0;
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (interval != null) {
            request.put("interval", interval);
        }
        parameters.forEach(request.withObject("/parameters")::put);
        JsonNode run = client.post("/dags/" + ApiClient.encoded(dag) + "/runs", request);
        String id = run.path("run").asText();
        if (!noWait) {
            return RunProgress.of(server, client).follow(id);
        }
        if (server.json()) {
            server.print(run);
        } else {
            server.say("run " + id + "; watch it with: tidegate show " + id);
        }
        return 0;
    }

    private void showParameters(JsonNode parameters) {
        if (server.json()) {
            server.print(parameters);
            return;
        }
        TextTable table = new TextTable("NAME", "TYPE", "DEFAULT", "ALLOWED", "ABOUT");
        for (JsonNode parameter : parameters) {
            table.row(
                    parameter.path("name").asText(),
                    parameter.path("type").asText(),
                    parameter.path("default_value").asText("(required)"),
                    allowed(parameter),
                    Words.clean(parameter.path("description").asText()));
        }
        if (table.isEmpty()) {
            server.say("DAG " + dag + " takes no parameters");
        } else {
            server.print(table);
        }
    }

    private static String allowed(JsonNode parameter) {
        List<String> words = new ArrayList<>();
        if (parameter.has("minimum")) {
            words.add("from " + parameter.path("minimum").asText());
        }
        if (parameter.has("maximum")) {
            words.add("to " + parameter.path("maximum").asText());
        }
        if (parameter.path("type").asText().equals("list") && !words.isEmpty()) {
            words.add("items");
        }
        List<String> choices =
                parameter.path("choices").valueStream().map(JsonNode::asText).toList();
        if (!choices.isEmpty()) {
            words.add("of " + String.join(", ", choices));
        }
        if (parameter.has("pattern")) {
            words.add("matching " + parameter.path("pattern").asText());
        }
        return Words.clean(String.join(" ", words));
    }
}
