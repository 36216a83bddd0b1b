package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.RunReferences;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how a step ended. */
@Command(
        name = "mark",
        description = {
            "Say that a step counts as succeeded or failed, whatever its attempts say.",
            "A step that is at work is stopped first. What a failed step had blocked goes on once it counts as succeeded; "
                    + "what waits for a step that counts as failed is blocked. Marking writes no data and no model."
        },
        mixinStandardHelpOptions = true)
public final class MarkCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    /** How a step can be marked. */
    enum Outcome {
        SUCCEEDED,
        FAILED
    }

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "The run's identifier, the end of it, a DAG's name, or DAG@INTERVAL.")
    private String run;

    @Parameters(index = "1", paramLabel = "STEP", description = "A step of the run.")
    private String step;

    @Parameters(index = "2", paramLabel = "succeeded|failed", description = "What it counts as.")
    private Outcome outcome;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, for those who look later. Must be given.")
    private String reason;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        String id = RunReferences.resolve(client, run);
        String word = outcome.name().toLowerCase(Locale.ROOT);
        JsonNode answer = client.post(
                "/runs/" + id + "/steps/" + ApiClient.encoded(step) + "/mark",
                JsonNodeFactory.instance.objectNode().put("state", word).put("reason", reason));
        if (server.json()) {
            server.print(answer);
        } else {
            server.say(
                    "step " + step + " of run " + id + " is being marked " + word + "; look with: tidegate show " + id);
        }
        return 0;
    }
}
