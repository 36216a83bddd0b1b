package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what we say of attempts beside what the machines and clusters say that run them. */
@Command(
        name = "truth",
        description = {
            "Ask every machine and cluster what it runs for us, and show it beside what we say.",
            "Exit code 1 when the two contradict each other."
        },
        mixinStandardHelpOptions = true)
public final class TruthCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Override
    public Integer call() {
        JsonNode truth = server.client().get("/truth");
        int code = truth.path("disagreements").asLong() == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
        if (server.json()) {
            server.print(truth);
            return code;
        }
        server.say("installation " + Words.text(truth, "installation"));
        for (JsonNode cluster : truth.path("clusters")) {
            String name = cluster.path("executor").asText() + "/"
                    + cluster.path("cluster").asText();
            server.say(
                    cluster.hasNonNull("problem")
                            ? "@|red " + Words.clean(name) + "|@ does not answer: " + Words.text(cluster, "problem")
                            : "@|green " + Words.clean(name) + "|@ answers: "
                                    + cluster.path("jobs").asInt() + " jobs of ours");
        }
        show(truth.path("attempts"));
        return code;
    }

    private void show(JsonNode attempts) {
        if (attempts.isEmpty()) {
            server.say("nothing goes on, here or there");
            return;
        }
        TextTable table = new TextTable("ATTEMPT", "WE SAY", "THEY SAY", "WHERE", "SINCE", "SO");
        for (JsonNode attempt : attempts) {
            JsonNode ours = attempt.path("ours");
            JsonNode theirs = attempt.path("theirs");
            String explanation = Words.text(attempt, "explanation");
            table.row(
                    attempt.path("launch_key").asText(),
                    ours.isObject() ? Words.state(ours.path("state").asText()) : "nothing",
                    theirs.isObject() ? Words.text(theirs, "phase") : "nothing",
                    Words.clean(attempt.path("executor").asText() + "/"
                            + attempt.path("cluster").asText("")),
                    Words.time(attempt, "since"),
                    attempt.path("verdict").asText().equals("agreed") ? explanation : "@|yellow " + explanation + "|@");
        }
        server.print(table);
    }
}
