package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.Homes;
import io.tidegate.server.cli.text.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every command that asks a server understands. */
final class ServerOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Address of the server; found through the home folder when left out.")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Home folder of the server (default: $TIDEGATE_HOME or ~/.tidegate).")
    private Optional<Path> home = Optional.empty();

    @Option(names = "--json", description = "Print the answer as one JSON document.")
    private boolean json;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    ApiClient client() {
        return Homes.client(server, home);
    }

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    PrintWriter err() {
        return command.commandLine().getErr();
    }

    Ansi ansi() {
        return command.commandLine().getColorScheme().ansi();
    }

    /** Whether what is printed may be written over. */
    boolean terminal() {
        return System.console() != null && !json;
    }

    void print(JsonNode answer) {
        out().println(answer.toPrettyString());
    }

    void print(TextTable table) {
        table.lines(ansi()).forEach(out()::println);
    }

    void say(String markup) {
        out().println(ansi().string(markup));
    }
}
