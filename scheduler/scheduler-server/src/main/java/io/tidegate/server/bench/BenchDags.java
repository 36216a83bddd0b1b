package io.tidegate.server.bench;

import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The DAGs that are measured, as their authors would write them. */
final class BenchDags {
    private BenchDags() {}

    /** Steps that each need the one before. */
    static String chain(String name, int steps, List<String> command) {
        return "dag: " + name + "\nsteps:\n" + chainSteps(steps, command);
    }

    /** The same for runs of which many go at once. */
    static String parallelChain(String name, int steps, int runs) {
        return "dag: " + name
                + "\nschedule: { every: 1d, zone: UTC, start: 2001-01-01, end: 2001-01-02, catchup: none, overlap: parallel("
                + runs + ") }\nsteps:\n" + chainSteps(steps, List.of("true"));
    }

    /** A short chain that a schedule starts once a day. */
    static String daily(String name, int steps, LocalTime at) {
        return "dag: " + name + "\nschedule: { cron: \"" + at.getMinute() + " " + at.getHour()
                + " * * *\", zone: UTC, start: 2001-01-01, catchup: none }\nsteps:\n"
                + chainSteps(steps, List.of("true"));
    }

    private static String chainSteps(int steps, List<String> command) {
        return IntStream.range(0, steps)
                .mapToObj(step -> step("s" + step, step == 0 ? List.of() : List.of("s" + (step - 1)), command))
                .collect(Collectors.joining());
    }

    /** One step, many that need it, one that needs these. */
    static String fanOut(String name, int width, List<String> command) {
        List<String> middle =
                IntStream.range(0, width).mapToObj(step -> "m" + step).toList();
        return "dag: " + name + "\nsteps:\n" + step("source", List.of(), command)
                + middle.stream()
                        .map(step -> step(step, List.of("source"), command))
                        .collect(Collectors.joining())
                + step("join", middle, command);
    }

    /** Layers of a hundred steps, each of which needs two of the layer before. */
    static String layers(String name, int steps) {
        int width = Math.min(100, steps);
        return "dag: " + name + "\nsteps:\n"
                + IntStream.range(0, steps)
                        .mapToObj(step -> step(
                                "s" + step,
                                step < width
                                        ? List.of()
                                        : List.of(
                                                "s" + (step - width),
                                                "s" + (step / width * width - width + (step + 1) % width)),
                                List.of("true")))
                        .collect(Collectors.joining());
    }

    private static String step(String name, List<String> needs, List<String> command) {
        String words = command.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", "));
        return "  " + name + ": { kind: task, command: [" + words + "]"
                + (needs.isEmpty() ? "" : ", needs: [" + String.join(", ", needs) + "]") + " }\n";
    }
}
