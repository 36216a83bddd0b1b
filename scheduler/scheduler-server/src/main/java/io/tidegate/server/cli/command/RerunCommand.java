package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.RunReferences;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs steps of an ended run again. */
@Command(
        name = "rerun",
        description =
                "Run steps of an ended run again: those that failed and what follows them, unless said otherwise.",
        mixinStandardHelpOptions = true)
public final class RerunCommand implements Callable<Integer> {
    private static final int SHOWN_HASH = 12;

    @Mixin
    private ServerOptions server;

    @Parameters(paramLabel = "RUN", description = "The run's identifier, the end of it, a DAG's name, or DAG@INTERVAL.")
    private String run;

    @ArgGroup
    private Extent extent = new Extent();

    @Option(names = "--only", description = "With --from: the step alone, without what follows it.")
    private boolean only;

    @Option(
            names = "--version",
            paramLabel = "original|latest",
            defaultValue = "original",
            description =
                    "The version of the DAG to go on with (default: ${DEFAULT-VALUE}, the one the run began with).")
    private String version;

    @Mixin
    private ReasonOption reason;

    @Option(names = "--wait", description = "Wait for the end, and show progress.")
    private boolean wait;

    private static final class Extent {
        @Option(names = "--from", paramLabel = "STEP", description = "This step and everything after it.")
        private String step;

        @Option(names = "--all", description = "Every step.")
        private boolean all;
    }

    @Override
    public Integer call() {
        ApiClient client = server.client();
        String id = RunReferences.resolve(client, run);
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("reason", reason.text())
                .put("version", version)
                .put("only", only);
        if (extent.step != null) {
            request.put("from", "step").put("step", extent.step);
        } else {
            request.put("from", extent.all ? "all" : "failed");
        }
        JsonNode answer = client.post("/runs/" + id + "/rerun", request);
        if (!server.json()) {
            tellChanges(answer);
        }
        if (wait) {
            // The answer shows the run as it was: the server carries the request out right after it.
            return RunProgress.of(server, client)
                    .follow(id, answer.at("/summary/finished_at").asText());
        }
        if (server.json()) {
            server.print(answer);
        } else {
            server.say("run " + id + " goes again; watch it with: tidegate logs -f " + id);
        }
        return 0;
    }

    private void tellChanges(JsonNode answer) {
        if (!answer.path("version").equals(answer.at("/summary/version"))) {
            server.say("with version " + answer.path("version").asText().substring(0, SHOWN_HASH) + " of the DAG");
        }
        tell("new in it: ", answer.path("new_steps"));
        tell("no longer in it, kept with their attempts and not run: ", answer.path("former_steps"));
    }

    private void tell(String what, JsonNode steps) {
        if (!steps.isEmpty()) {
            server.say(what
                    + String.join(
                            ", ", steps.valueStream().map(JsonNode::asText).toList()));
        }
    }
}
