package io.tidegate.server.cli.demo;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Lines that stay, and on a terminal one line at the bottom that is written over. */
public final class DemoDisplay {
    private static final String WIPE = "\r\033[K";
    private static final int WIDEST = 118;

    private final PrintWriter out;
    private final Ansi ansi;
    private final boolean live;
    private String current = "";

    /**
     * @param live whether the last line may be written over
     */
    public DemoDisplay(PrintWriter out, Ansi ansi, boolean live) {
        this.out = out;
        this.ansi = ansi;
        this.live = live;
    }

    /** Writes a line that stays. */
    public synchronized void say(String markup) {
        if (live && !current.isEmpty()) {
            out.print(WIPE);
        }
        out.println(ansi.string(markup));
        if (live && !current.isEmpty()) {
            out.print(current);
        }
        out.flush();
    }

    /** Shows what goes on right now; nothing when the output is no terminal. */
    synchronized void show(String text) {
        String cut = text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
        if (live && !cut.equals(current)) {
            current = cut;
            out.print(WIPE + cut);
            out.flush();
        }
    }

    /** Takes the written-over line away. */
    synchronized void clear() {
        if (live && !current.isEmpty()) {
            out.print(WIPE);
            out.flush();
        }
        current = "";
    }
}
