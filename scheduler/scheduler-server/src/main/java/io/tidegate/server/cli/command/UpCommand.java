package io.tidegate.server.cli.command;

import io.tidegate.server.runtime.TidegateServer;
import io.tidegate.server.settings.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts a server and stays until it is told to end. */
@Command(
        name = "up",
        description = "Start the server and the dashboard, until Ctrl-C. Without --dags it serves the examples.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    @Mixin
    private ServeOptions options;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        List<Path> examples =
                options.namesNoDags() ? List.of(Installation.current().examples()) : List.of();
        try (TidegateServer server = TidegateServer.start(options.settings(examples), this::say)) {
            say("Tidegate is up: " + server.address() + "   (Ctrl-C ends it; data stays in " + server.home() + ")");
            server.awaitEnd();
        }
        return 0;
    }

    private void say(String line) {
        command.commandLine().getOut().println(line);
        command.commandLine().getOut().flush();
    }
}
