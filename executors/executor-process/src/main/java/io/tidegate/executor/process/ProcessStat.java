package io.tidegate.executor.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code /proc/<pid>/stat} says of a process (proc(5)).
 *
 * @param state its one-letter state
 * @param session id of its session
 * @param startTicks when it started, in clock ticks since boot
 */
record ProcessStat(long pid, char state, long session, long startTicks) {
    private static final Pattern SPACE = Pattern.compile(" ");
    // Positions after the name in parentheses, which may itself hold spaces and parentheses.
    private static final int STATE = 0;
    private static final int SESSION = 3;
    private static final int START_TICKS = 19;

    /** Empty when there is no such process. */
    static Optional<ProcessStat> read(long pid) {
        String line;
        try {
            line = new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It ended, now or before.
            return Optional.empty();
        }
        String[] fields = SPACE.split(line.substring(line.lastIndexOf(')') + 1).strip(), -1);
        if (fields.length <= START_TICKS) {
            return Optional.empty();
        }
        return Optional.of(new ProcessStat(
                pid, fields[STATE].charAt(0), Long.parseLong(fields[SESSION]), Long.parseLong(fields[START_TICKS])));
    }

    boolean isZombie() {
        return state == 'Z' || state == 'X';
    }
}
