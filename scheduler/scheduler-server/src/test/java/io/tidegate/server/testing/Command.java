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

/**
 * What a command did.
 *
 * @param code its exit code
 */
public record Command(int code, String out, String err) {
    /** The command line as its entry point gives it. */
    @FunctionalInterface
    public interface Line {
        int run(String[] arguments, PrintStream out, PrintStream err);
    }

    /** Runs a command in this process. */
    public static Command run(Line line, String... arguments) {
        System.setProperty("tidegate.install", TestServer.installation().root().toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = line.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Command(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The same, asking the server of a home folder. */
    public static Command on(Path home, Line line, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        // Behind a subcommand of a subcommand, as in "backfills pause".
        boolean nested = arguments[0].equals("backfills") && arguments.length > 1 && !arguments[1].startsWith("-");
        all.addAll(nested ? 2 : 1, List.of("--home", home.toString()));
        return run(line, all.toArray(String[]::new));
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
