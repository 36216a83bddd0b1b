package io.tidegate.executor.process;

import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import java.util.Map;

/** Says in a sentence how a program ended. */
public final class ExitMessages {
    private static final int SIGNAL_BASE = 128;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"));
    private static final int SIGKILL = 9;

    private ExitMessages() {}

    /** The end of a program with this exit code; a signal is 128 plus its number. */
    public static Observation.Ended ended(int exitCode) {
        return exitCode == 0
                ? Observation.Ended.succeeded()
                : Observation.Ended.failed(FailureKind.USER, exitCode, describe(exitCode));
    }

    private static String describe(int exitCode) {
        if (exitCode == SIGNAL_BASE + SIGKILL) {
            return "killed by SIGKILL (exit 137): out of memory or killed by someone";
        }
        if (exitCode == NOT_EXECUTABLE) {
            return "the program could not be executed (exit 126); the log says why";
        }
        if (exitCode == NOT_FOUND) {
            return "the program or its interpreter was not found (exit 127); the log says which";
        }
        String signal = SIGNALS.get(exitCode - SIGNAL_BASE);
        return signal == null ? "exit code " + exitCode : "killed by " + signal + " (exit " + exitCode + ")";
    }
}
