package io.tidegate.server.cli.command;

import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.demo.DemoDisplay;
import io.tidegate.server.cli.demo.DemoReplay;
import io.tidegate.server.cli.demo.DemoSummary;
import io.tidegate.server.runtime.TidegateServer;
import io.tidegate.server.settings.Installation;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the closed loop on real data: a server, and a replay of the example DAG on it. */
@Command(
        name = "demo",
        description =
                "Replay weeks of three million real flights: ingest, cleanse, train, publish, notice drift, refit, publish again.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final int ALL_INTERVALS = 26;

    @Mixin
    private ServeOptions options;

    @Option(
            names = "--intervals",
            paramLabel = "N",
            defaultValue = "6",
            description = "How many weeks to replay (default: ${DEFAULT-VALUE}, 26 at most).")
    private int intervals;

    @Option(names = "--all", description = "Replay all 26 weeks.")
    private boolean all;

    @Option(names = "--exit", description = "End after the summary, with exit code 0 or 1.")
    private boolean exit;

    @Option(
            names = "--json",
            description = "Print the summary as one JSON document and nothing else on standard output.")
    private boolean json;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        Instant started =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        PrintWriter progress =
                json ? command.commandLine().getErr() : command.commandLine().getOut();
        Ansi ansi = command.commandLine().getColorScheme().ansi();
        DemoDisplay display = new DemoDisplay(progress, ansi, System.console() != null && !json);
        try (TidegateServer server = TidegateServer.start(
                options.settings(List.of(Installation.current().examples())), display::say)) {
            display.say("dashboard: " + server.address());
            int count = all ? ALL_INTERVALS : Math.max(1, Math.min(ALL_INTERVALS, intervals));
            DemoReplay replay = new DemoReplay(new ApiClient(server.address()), display, InstantSource.system());
            DemoSummary summary = replay.run(count, started);
            if (json) {
                command.commandLine().getOut().println(summary.json().toPrettyString());
            } else {
                summary.lines(ansi).forEach(display::say);
            }
            if (!exit) {
                display.say("The dashboard stays up at " + server.address() + " until Ctrl-C.");
                server.awaitEnd();
            }
            return summary.succeeded() ? ExitCodes.DONE : ExitCodes.FAILED;
        }
    }
}
