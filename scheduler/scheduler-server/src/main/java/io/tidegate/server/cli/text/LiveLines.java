package io.tidegate.server.cli.text;

import java.io.PrintWriter;
import java.util.List;

/** Lines that stay, and on a terminal some lines at the bottom that are written over (ECMA-48: CUU and ED). Not thread-safe. */
public final class LiveLines {
    /** A terminal that is narrower would wrap lines, and then they could not be counted. */
    private static final int WIDEST = 79;

    private final PrintWriter out;
    private final boolean terminal;
    private List<String> shown = List.of();

    /**
     * @param terminal whether lines may be written over
     */
    public LiveLines(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    public boolean isTerminal() {
        return terminal;
    }

    /** Writes a line that stays. */
    public void say(String line) {
        wipe();
        out.println(line);
        out.flush();
    }

    /** Shows what goes on right now in place of what was shown before; nothing when the output is no terminal. */
    public void show(List<String> lines) {
        if (!terminal || lines.equals(shown)) {
            return;
        }
        wipe();
        lines.forEach(line -> out.println(line.length() > WIDEST ? line.substring(0, WIDEST - 1) + "…" : line));
        shown = List.copyOf(lines);
        out.flush();
    }

    private void wipe() {
        if (!shown.isEmpty()) {
            out.print("\033[" + shown.size() + "A\033[J");
            shown = List.of();
        }
    }
}
