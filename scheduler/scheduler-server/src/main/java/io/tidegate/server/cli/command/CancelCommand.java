package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.RunReferences;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Cancels a run. */
@Command(name = "cancel", description = "Ask a run to end; its steps are stopped.", mixinStandardHelpOptions = true)
public final class CancelCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Parameters(paramLabel = "RUN", description = "The run's identifier, the end of it, a DAG's name, or DAG@INTERVAL.")
    private String run;

    @Mixin
    private ReasonOption reason;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        String id = RunReferences.resolve(client, run);
        JsonNode answer = client.post(
                "/runs/" + id + "/cancel", JsonNodeFactory.instance.objectNode().put("reason", reason.text()));
        if (server.json()) {
            server.print(answer);
        } else {
            server.say("run " + id + " is being cancelled; watch it with: tidegate show " + id);
        }
        return 0;
    }
}
