package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.client.RunReferences;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the log of a step. */
@Command(
        name = "logs",
        description = "Print the log of a step; with -f go on until the attempt has ended.",
        mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {
    private static final long LOOK_EVERY_MILLISECONDS = 400;

    @Mixin
    private ServerOptions server;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "The run's identifier, the end of it, a DAG's name, or DAG@INTERVAL.")
    private String run;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "STEP",
            description = "The step; when left out, the one that failed, or the one that is running.")
    private String step;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the attempt has ended.")
    private boolean follow;

    @Option(names = "--attempt", paramLabel = "N", description = "Which attempt (default: the last one).")
    private Integer attempt;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        String id = RunReferences.resolve(client, run);
        String name = step == null ? interesting(client.get("/runs/" + id)) : step;
        String path = "/runs/" + id + "/steps/" + ApiClient.encoded(name);
        int number =
                attempt == null ? client.get(path).path("step").path("attempts").asInt() : attempt;
        if (number < 1) {
            throw new CommandException(
                    ExitCodes.NOT_FOUND, "step " + name + " has not been tried yet, so it has no log");
        }
        print(client, path + "/attempts/" + number + "/log");
        return ExitCodes.DONE;
    }

    private void print(ApiClient client, String path) {
        long offset = 0;
        while (true) {
            JsonNode chunk = client.get(path, Map.of("offset", String.valueOf(offset), "limit", "524288"));
            if (server.json()) {
                server.print(chunk);
            } else {
                server.out().print(chunk.path("text").asText());
                server.out().flush();
            }
            offset = chunk.path("next_offset").asLong();
            boolean all = offset >= chunk.path("size").asLong();
            if (all && (!follow || chunk.path("ended").asBoolean())) {
                return;
            }
            if (all) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLISECONDS));
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    private static String interesting(JsonNode detail) {
        for (String state : new String[] {"failed", "running", "cancelling", "retrying"}) {
            for (JsonNode candidate : detail.path("steps")) {
                if (candidate.path("state").asText().equals(state)) {
                    return candidate.path("step").asText();
                }
            }
        }
        throw new CommandException(
                ExitCodes.USAGE, "no step of this run failed or is running: name one, as in: tidegate logs RUN STEP");
    }
}
