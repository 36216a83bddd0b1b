package io.tidegate.steps;

import java.io.PrintStream;
import java.util.Optional;

/** A failure nobody foresaw, in words rather than in a stack trace. */
final class Explanation {
    private static final int LONGEST = 500;

    private Explanation() {}

    /** The innermost cause that says something, on one line. */
    static String of(Throwable failure) {
        Throwable telling = failure;
        for (Throwable cause = failure; cause != null && cause != cause.getCause(); cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                telling = cause;
            }
        }
        String advice = telling instanceof OutOfMemoryError ? "; give the step more 'driver_memory'" : "";
        String message = Optional.ofNullable(telling.getMessage())
                .orElse("no message")
                .lines()
                .findFirst()
                .orElse("");
        String shortened = message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
        return telling.getClass().getSimpleName() + ": " + shortened + advice;
    }

    /** Where a foreseen failure came from, for those who want to know; nothing when it has no cause. */
    static void traceOfCause(Throwable failure, PrintStream errors) {
        if (failure.getCause() != null) {
            failure.getCause().printStackTrace(errors);
        }
    }
}
