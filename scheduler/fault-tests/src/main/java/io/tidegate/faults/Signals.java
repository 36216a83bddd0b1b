package io.tidegate.faults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that Java cannot send by itself. */
final class Signals {
    private static final long LIMIT_SECONDS = 10;

    private Signals() {}

    /**
     * Sends a signal. A process that is gone already is no trouble.
     *
     * @param name without SIG, such as {@code STOP}
     */
    static void send(String name, long processId) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(processId))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("kill -" + name + " " + processId + " does not end");
        }
    }
}
