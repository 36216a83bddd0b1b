package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.server.cli.client.ApiClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

    @Option(names = "--no-wait", description = "Do not wait for the end.")
    private boolean noWait;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (local.local()) {
            return new LocalRuns(server, local)
                    .run(Path.of(dag), LocalRuns.given(Optional.ofNullable(interval), parameters));
        }
        ApiClient client = server.client();
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
}
