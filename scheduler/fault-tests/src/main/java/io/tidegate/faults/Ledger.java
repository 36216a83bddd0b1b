package io.tidegate.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the steps wrote down of themselves, in the order in which they did.
 *
 * @param lines all lines
 */
record Ledger(List<Line> lines) {
    private static final int FIELDS = 7;

    /** What a step did. */
    enum Event {
        BEGAN,
        ENDED,
        STOPPED
    }

    /**
     * @param at seconds since 1970, by the machine's clock
     * @param number process id of a step that began, exit code of one that ended
     */
    record Line(double at, Event event, String key, String run, String dag, String step, int number) {
        boolean succeeded() {
            return event == Event.ENDED && number == 0;
        }

        /** The step without its item. */
        String declaredStep() {
            int dot = step.indexOf('.');
            return dot < 0 ? step : step.substring(0, dot);
        }
    }

    /** @throws IOException when there is none, or a line is none that a step writes */
    static Ledger read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String text : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            String[] fields = text.split(" ", -1);
            if (fields.length != FIELDS) {
                throw new IOException("a line of the ledger " + file + " is spoilt: " + text);
            }
            lines.add(new Line(
                    Double.parseDouble(fields[0]),
                    Event.valueOf(fields[1].toUpperCase(java.util.Locale.ROOT)),
                    fields[2],
                    fields[3],
                    fields[4],
                    fields[5],
                    Integer.parseInt(fields[6])));
        }
        return new Ledger(List.copyOf(lines));
    }

    List<Line> of(Event event) {
        return lines.stream().filter(line -> line.event() == event).toList();
    }

    Map<String, List<Line>> byKey() {
        return lines.stream().collect(Collectors.groupingBy(Line::key));
    }

    Map<String, List<Line>> byRun() {
        return lines.stream().collect(Collectors.groupingBy(Line::run));
    }
}
