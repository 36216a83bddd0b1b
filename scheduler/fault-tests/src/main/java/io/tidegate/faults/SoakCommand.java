package io.tidegate.faults;

import io.tidegate.server.settings.Installation;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a soak from the command line; {@code scheduler/FAULTS.md} says how. */
@Command(
        name = "soak",
        description = "Breaks servers and database at random and looks whether anything is lost or done twice.",
        mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {
    private static final double SECONDS_PER_MINUTE = 60;

    @Option(names = "--seed", description = "Repeats the faults and the work of an earlier soak; drawn when left out.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--minutes", defaultValue = "2", description = "How long things break (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(names = "--nodes", defaultValue = "2", description = "How many servers (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--faults",
            description =
                    "What may break, such as kill,database-down, or none; all that this machine can do when left out.")
    private Optional<String> faults = Optional.empty();

    @Option(
            names = "--outage",
            description = "For how many seconds PostgreSQL is away when it is (default: up to a tenth of the soak).")
    private Optional<Integer> outage = Optional.empty();

    @Spec
    private CommandSpec command;

    @Option(names = "--folder", description = "Where everything is kept; a temporary folder when left out.")
    private Optional<Path> folder = Optional.empty();

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SoakCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path root = folder.isPresent() ? folder.get() : Files.createTempDirectory("tidegate-soak");
        long chosen = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000_000));
        Duration length = Duration.ofMillis(Math.round(minutes * SECONDS_PER_MINUTE * 1000));
        SoakPlan.Wanted wanted = new SoakPlan.Wanted(chosen, length, nodes, choice());
        List<String> violations = soak(root, Installation.current().root(), wanted, System.out);
        return violations.isEmpty() ? 0 : 1;
    }

    private FaultChoice choice() {
        try {
            return new FaultChoice(
                    faults.map(FaultChoice::named).orElse(FaultChoice.ALL.faults()), outage.map(Duration::ofSeconds));
        } catch (IllegalArgumentException problem) {
            throw new CommandLine.ParameterException(command.commandLine(), problem.getMessage(), problem);
        }
    }

    /** Runs one soak, says how it ended, and gives the violations. Leaves the folder where there are some. */
    private static List<String> soak(Path root, Path installation, SoakPlan.Wanted wanted, PrintStream out)
            throws Exception {
        Path folder = Files.createDirectories(root).toRealPath();
        String repeat = wanted.options();
        out.println("soak " + repeat + " in " + folder);
        List<String> violations = new Soak(new SoakFolder(folder, installation), wanted, out).run();
        if (violations.isEmpty()) {
            out.println("nothing was lost and nothing done twice: " + repeat);
        } else {
            out.println(violations.size() + " violations; repeat with " + repeat + "; everything is in " + folder);
            violations.forEach(violation -> out.println("  " + violation));
        }
        out.flush();
        return violations;
    }
}
