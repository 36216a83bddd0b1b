package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.text.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a schedule that rested go on. */
@Command(
        name = "unpause",
        description =
                "Let the schedule of a paused DAG go on. What passed meanwhile is decided by the schedule's catch-up rule.",
        mixinStandardHelpOptions = true)
public final class UnpauseCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Parameters(paramLabel = "DAG", description = "The DAG's name.")
    private String dag;

    @Mixin
    private ReasonOption reason;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        String path = "/dags/" + ApiClient.encoded(dag);
        JsonNode pause = client.get(path).at("/summary/pause");
        JsonNode answer = client.post(
                path + "/unpause", JsonNodeFactory.instance.objectNode().put("reason", reason.text()));
        if (server.json()) {
            server.print(answer);
            return 0;
        }
        if (pause.isMissingNode()) {
            server.say(dag + " was not paused");
        } else {
            int missed = pause.path("missed_intervals").asInt();
            int due = pause.path("due_runs").asInt();
            server.say(dag + " is scheduled again; " + Words.count(missed, "interval")
                    + " passed meanwhile, and catch-up makes " + Words.count(due, "run") + " of them now");
        }
        if (answer.has("next_run")) {
            server.say("next run: " + Words.time(answer, "next_run"));
        }
        return 0;
    }
}
