package io.tidegate.server.report;

/** One report line that is JSON but not a report entry; the message is for the step's author. */
final class ReportEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReportEntryException(String message) {
        super(message);
    }
}
