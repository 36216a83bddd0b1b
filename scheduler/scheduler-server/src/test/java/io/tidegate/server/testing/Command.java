package io.tidegate.server.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What a command did.
 *
 * @param code its exit code
 */
public record Command(int code, String out, String err) {
    private static final Set<String> NESTING = Set.of("backfills", "pools");

    /** The command line as its entry point gives it. */
    @FunctionalInterface
    public interface Line {
        int run(String[] arguments, PrintStream out, PrintStream err);
    }

    /** A command that goes on, with what it has printed so far. */
    public record Underway(ByteArrayOutputStream printed, CompletableFuture<Command> end) {
        /** What it has printed to its standard output until now. */
        public String out() {
            return printed.toString(StandardCharsets.UTF_8);
        }
    }

    /** Runs a command in this process. */
    public static Command run(Line line, String... arguments) {
        return run(line, new ByteArrayOutputStream(), arguments);
    }

    private static Command run(Line line, ByteArrayOutputStream out, String... arguments) {
        System.setProperty("tidegate.install", TestServer.installation().root().toString());
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = line.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Command(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The same, asking the server of a home folder. */
    public static Command on(Path home, Line line, String... arguments) {
        return run(line, at(home, arguments));
    }

    /** The same in a thread of its own, so that a test sees what it prints while it goes on. */
    public static Underway begin(Path home, Line line, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return new Underway(out, CompletableFuture.supplyAsync(() -> run(line, out, at(home, arguments))));
    }

    private static String[] at(Path home, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        // Behind a subcommand of a subcommand, as in "backfills pause".
        boolean nested = NESTING.contains(arguments[0]) && arguments.length > 1 && !arguments[1].startsWith("-");
        all.addAll(nested ? 2 : 1, List.of("--home", home.toString()));
        return all.toArray(String[]::new);
    }

    /** What it printed, which must be one JSON document. */
    public JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException problem) {
            throw new AssertionError("not one JSON document: " + out, problem);
        }
    }
}
