package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dag.parser.DagDiff;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.dag.parser.diff.Change;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.text.Words;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is different between two DAG files, or two versions of a DAG. */
@Command(
        name = "diff",
        description = "Say what is different between two DAG files, or between two versions of a DAG of the server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A version is named by its number, by its hash or the beginning of it, or as 'current'. Comments, the order of keys",
            "and white space are no difference; what templates make of a DAG is.",
            "",
            "  tidegate diff before.dag.yaml after.dag.yaml",
            "  tidegate diff late-arrivals                      what the current version changed",
            "  tidegate diff late-arrivals --from 3 --to 5"
        })
public final class DiffCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private ServerOptions server;

    @Mixin
    private LimitsOption limits;

    @Parameters(index = "0", paramLabel = "FILE|DAG", description = "A DAG file, or the name of a DAG of the server.")
    private String what;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The DAG file that is compared with the first.")
    private Optional<Path> other = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "VERSION",
            description = "The earlier version (default: the one before the later).")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "VERSION", description = "The later version (default: the current one).")
    private Optional<String> to = Optional.empty();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (other.isPresent() && (from.isPresent() || to.isPresent())) {
            throw new CommandException(
                    ExitCodes.USAGE, "--from and --to name versions of a DAG of the server; two files have none");
        }
        if (other.isEmpty() && limits.isGiven()) {
            throw new CommandException(ExitCodes.USAGE, "--config is for files; a server has taken its versions in");
        }
        JsonNode answer = other.isPresent() ? ofFiles(Path.of(what), other.get()) : ofServer();
        if (server.json()) {
            server.print(answer);
        } else {
            show(answer);
        }
        return ExitCodes.DONE;
    }

    private JsonNode ofFiles(Path before, Path after) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode changes = answer.putArray("changes");
        ParserLimits bounds = limits.limits();
        for (Change change : DagDiff.between(
                SoundDags.require(before, bounds, command.commandLine()),
                SoundDags.require(after, bounds, command.commandLine()))) {
            ObjectNode entry =
                    changes.addObject().put("kind", change.kind().word()).put("path", change.path());
            change.before().ifPresent(value -> entry.set("before", JSON.valueToTree(value)));
            change.after().ifPresent(value -> entry.set("after", JSON.valueToTree(value)));
            entry.put("text", change.text());
        }
        return answer;
    }

    private JsonNode ofServer() {
        ApiClient client = server.client();
        String path = "/dags/" + ApiClient.encoded(what) + "/versions/" + ApiClient.encoded(to.orElse("current"))
                + "/changes";
        return client.get(path, from.map(version -> Map.of("from", version)).orElse(Map.of()));
    }

    private void show(JsonNode answer) {
        if (answer.has("to")) {
            String earlier = answer.has("from") ? version(answer.path("from")) + " -> " : "";
            server.say("@|bold " + Words.clean(what) + "|@  " + earlier + version(answer.path("to")));
        }
        if (answer.path("changes").isEmpty()) {
            boolean first = answer.has("to") && !answer.has("from");
            server.say(first ? "this is the first version" : "both mean the same");
        }
        for (JsonNode change : answer.path("changes")) {
            String colour = switch (change.path("kind").asText()) {
                case "added" -> "green";
                case "removed" -> "red";
                default -> "yellow";
            };
            // The text is the author's: no markup of ours may be read from it.
            server.out()
                    .println(server.ansi().string("@|" + colour + " " + sign(change) + "|@ ")
                            + Words.clean(change.path("text").asText()));
        }
    }

    private static String sign(JsonNode change) {
        return switch (change.path("kind").asText()) {
            case "added" -> "+";
            case "removed" -> "-";
            default -> "~";
        };
    }

    private static String version(JsonNode version) {
        return version.path("number").asText() + " ("
                + version.path("version").asText().substring(0, 12) + ")";
    }
}
