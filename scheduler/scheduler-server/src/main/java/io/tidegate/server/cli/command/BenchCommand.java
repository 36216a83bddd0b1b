package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.server.bench.Bench;
import io.tidegate.server.bench.BenchPlace;
import io.tidegate.server.bench.BenchRow;
import io.tidegate.server.bench.BenchSizes;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.settings.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures this machine and the engine on it. */
@Command(
        name = "bench",
        description = "Measure the engine beside the limits of this machine, with a database of its own.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "WORKLOAD",
            description = "What to measure, for example W1a, or W1 for all that begin so (default: everything).")
    private List<String> workloads = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "JDBC address of an empty PostgreSQL database, instead of an embedded server; it is filled.")
    private Optional<String> databaseUrl = Optional.empty();

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "How often each figure is measured, in turns with its limit (default: 5).")
    private Optional<Integer> repeats = Optional.empty();

    @Option(
            names = "--scale",
            paramLabel = "FRACTION",
            defaultValue = "1",
            description = "Do only this part of the work, to try it out; goals are for 1 (the default).")
    private double scale;

    @Option(names = "--history", paramLabel = "N", description = "Step runs in the database of W6 (default: 1000000).")
    private Optional<Integer> history = Optional.empty();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        List<BenchRow> rows = new ArrayList<>();
        try (BenchPlace place = BenchPlace.open(databaseUrl, Installation.current(), this::say)) {
            Bench.run(workloads, place, sizes(), row -> {
                rows.add(row);
                if (json) {
                    print(document(row).toString());
                }
            });
        } catch (IllegalArgumentException wrong) {
            throw new CommandException(ExitCodes.USAGE, wrong.getMessage());
        }
        if (!json) {
            table(rows).lines(command.commandLine().getColorScheme().ansi()).forEach(this::print);
        }
        return rows.stream().allMatch(row -> row.held().orElse(true)) ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private BenchSizes sizes() {
        BenchSizes full = BenchSizes.FULL;
        BenchSizes wanted = full.scaled(scale, repeats.orElse(full.repeats()));
        return history.map(wanted::withHistory).orElse(wanted);
    }

    private static ObjectNode document(BenchRow row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("workload", row.workload()).put("value", row.value()).put("unit", row.unit());
        row.limit().ifPresentOrElse(limit -> node.put("limit", limit), () -> node.putNull("limit"));
        row.ratio().ifPresentOrElse(ratio -> node.put("ratio", ratio), () -> node.putNull("ratio"));
        node.put("goal", row.goalText());
        row.held().ifPresentOrElse(held -> node.put("held", held), () -> node.putNull("held"));
        return node;
    }

    private static TextTable table(List<BenchRow> rows) {
        TextTable table = new TextTable("WORKLOAD", "VALUE", "UNIT", "LIMIT", "RATIO", "GOAL", "HELD");
        for (BenchRow row : rows) {
            table.row(
                    row.workload(),
                    number(row.value()),
                    row.unit(),
                    row.limit().isPresent() ? number(row.limit().getAsDouble()) : "",
                    row.ratio().isPresent() ? number(row.ratio().getAsDouble()) : "",
                    row.goalText(),
                    row.held()
                            .map(held -> held ? "@|green yes|@" : "@|red no|@")
                            .orElse(""));
        }
        return table;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
    }

    private void print(String line) {
        command.commandLine().getOut().println(line);
        command.commandLine().getOut().flush();
    }

    /** What goes on is not what was measured. */
    private void say(String line) {
        command.commandLine().getErr().println(line);
        command.commandLine().getErr().flush();
    }
}
