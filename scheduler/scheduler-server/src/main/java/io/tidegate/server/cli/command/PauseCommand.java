package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.server.cli.client.ApiClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a schedule rest. */
@Command(
        name = "pause",
        description =
                "Let the schedule of a DAG rest. Runs that were made go on, and runs can be started by hand; what passes is not forgotten.",
        mixinStandardHelpOptions = true)
public final class PauseCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Parameters(paramLabel = "DAG", description = "The DAG's name.")
    private String dag;

    @Mixin
    private ReasonOption reason;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        JsonNode answer = client.post(
                "/dags/" + ApiClient.encoded(dag) + "/pause",
                JsonNodeFactory.instance.objectNode().put("reason", reason.text()));
        if (server.json()) {
            server.print(answer);
        } else {
            server.say(dag + " is paused: its schedule makes no runs until: tidegate unpause " + dag);
        }
        return 0;
    }
}
