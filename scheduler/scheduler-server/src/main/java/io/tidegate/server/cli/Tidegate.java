package io.tidegate.server.cli;

import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.command.AlertsCommand;
import io.tidegate.server.cli.command.BackfillCommand;
import io.tidegate.server.cli.command.BackfillsCommand;
import io.tidegate.server.cli.command.BenchCommand;
import io.tidegate.server.cli.command.CancelCommand;
import io.tidegate.server.cli.command.ClearCommand;
import io.tidegate.server.cli.command.DemoCommand;
import io.tidegate.server.cli.command.DiffCommand;
import io.tidegate.server.cli.command.LineageCommand;
import io.tidegate.server.cli.command.LogsCommand;
import io.tidegate.server.cli.command.MarkCommand;
import io.tidegate.server.cli.command.MetricsCommand;
import io.tidegate.server.cli.command.ModelsCommand;
import io.tidegate.server.cli.command.NodesCommand;
import io.tidegate.server.cli.command.PauseCommand;
import io.tidegate.server.cli.command.PoolsCommand;
import io.tidegate.server.cli.command.RenderCommand;
import io.tidegate.server.cli.command.RerunCommand;
import io.tidegate.server.cli.command.RunCommand;
import io.tidegate.server.cli.command.RunsCommand;
import io.tidegate.server.cli.command.ScheduleCommand;
import io.tidegate.server.cli.command.ShowCommand;
import io.tidegate.server.cli.command.TestCommand;
import io.tidegate.server.cli.command.TruthCommand;
import io.tidegate.server.cli.command.UnpauseCommand;
import io.tidegate.server.cli.command.UpCommand;
import io.tidegate.server.cli.command.ValidateCommand;
import io.tidegate.server.database.DatabaseException;
import io.tidegate.server.home.HomeFolderException;
import io.tidegate.server.settings.SettingsException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry point. */
@Command(
        name = "tidegate",
        description = "Runs declared pipelines that ingest, cleanse, train, refit and publish.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ValidateCommand.class,
            RenderCommand.class,
            DiffCommand.class,
            TestCommand.class,
            ScheduleCommand.class,
            RunCommand.class,
            BackfillCommand.class,
            BackfillsCommand.class,
            RunsCommand.class,
            ShowCommand.class,
            LogsCommand.class,
            RerunCommand.class,
            CancelCommand.class,
            MarkCommand.class,
            ClearCommand.class,
            PauseCommand.class,
            UnpauseCommand.class,
            MetricsCommand.class,
            ModelsCommand.class,
            LineageCommand.class,
            AlertsCommand.class,
            PoolsCommand.class,
            NodesCommand.class,
            TruthCommand.class,
            BenchCommand.class,
            AutoComplete.GenerateCompletion.class
        })
public final class Tidegate implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec command;

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /** Runs one command and returns its exit code, one of {@link ExitCodes}. */
    static int run(String[] arguments, java.io.PrintStream out, java.io.PrintStream err) {
        CommandLine line = new CommandLine(new Tidegate())
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((problem, failed, parsed) -> explain(problem, failed));
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(false);
        return line.execute(arguments);
    }

    private static int explain(Exception problem, CommandLine failed) throws Exception {
        if (problem instanceof CommandException known) {
            failed.getErr().println("tidegate: " + known.getMessage());
            return known.exitCode();
        }
        if (problem instanceof HomeFolderException
                || problem instanceof DatabaseException
                || problem instanceof SettingsException) {
            failed.getErr().println("tidegate: " + problem.getMessage());
            return ExitCodes.FAILED;
        }
        throw problem;
    }

    @Override
    public void run() {
        command.commandLine().usage(command.commandLine().getOut());
    }
}
