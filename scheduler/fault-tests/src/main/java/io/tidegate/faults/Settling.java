package io.tidegate.faults;

import io.tidegate.faults.Books.AttemptRow;
import io.tidegate.faults.Books.RunRow;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Waits, once nothing breaks any more, until all is over; says what is not within its bound. */
final class Settling {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final String STEPS = """
            SELECT step || ' ' || state || coalesce(' next ' || next_attempt_at, '') FROM step_run
            WHERE run = CAST('%s' AS uuid) AND state NOT IN ('SUCCEEDED', 'SKIPPED', 'FAILED', 'CANCELLED', 'UPSTREAM_FAILED')""";
    private static final String BACKFILLS = "SELECT CAST(id AS text) FROM backfill WHERE state = 'RUNNING'";
    private static final String SET_ASIDE =
            "SELECT DISTINCT CAST(run AS text) FROM run_event WHERE type = 'run_set_aside'";

    private final SoakDatabase database;
    private final SoakFolder folder;
    private final Findings findings;
    private final Duration bound;

    /**
     * @param bound what must be over then
     */
    Settling(SoakDatabase database, SoakFolder folder, Findings findings, Duration bound) {
        this.database = database;
        this.folder = folder;
        this.findings = findings;
        this.bound = bound;
    }

    void await() throws SQLException, IOException, InterruptedException {
        long start = System.nanoTime();
        long end = start + bound.toNanos();
        try (Connection connection = database.connect()) {
            Books books = Books.read(connection);
            while (System.nanoTime() < end
                    && !(isOver(books)
                            && Books.lines(connection, BACKFILLS).isEmpty()
                            && leftOver(books).isEmpty())) {
                Timeline.pause(EVERY);
                books = Books.read(connection);
            }
            findings.note(
                    "quiet " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s after the last fault");
            tell(connection, books);
        }
    }

    private static boolean isOver(Books books) {
        return books.runs().stream().allMatch(RunRow::isTerminal)
                && books.attempts().stream().allMatch(AttemptRow::isTerminal);
    }

    private List<Processes.Living> leftOver(Books books) throws IOException {
        Map<String, AttemptRow> rows = books.byKey();
        return Processes.of(folder.attempts()).stream()
                .filter(process -> !rows.containsKey(process.key())
                        || rows.get(process.key()).isTerminal())
                .toList();
    }

    private void tell(Connection connection, Books books) throws SQLException, IOException {
        for (RunRow run : books.runs()) {
            if (!run.isTerminal()) {
                findings.violation(
                        "I2",
                        "run " + run.id() + " of " + run.dag() + " is still " + run.state() + " " + bound.toSeconds()
                                + " s after the last fault; owner " + run.owner() + ", steps "
                                + Books.lines(connection, STEPS.formatted(run.id())));
            }
        }
        for (String backfill : Books.lines(connection, BACKFILLS)) {
            findings.violation("I2", "backfill " + backfill + " is still going");
        }
        for (String run : Books.lines(connection, SET_ASIDE)) {
            findings.violation("I2", "run " + run + " was set aside: see the servers' logs");
        }
        for (AttemptRow attempt : books.attempts()) {
            if (!attempt.isTerminal()
                    && books.runs().stream().anyMatch(run -> run.id().equals(attempt.run()) && run.isTerminal())) {
                findings.violation(
                        "I2", "attempt " + attempt.key() + " is " + attempt.state() + ", and its run is over");
            }
        }
        for (Processes.Living process : leftOver(books)) {
            findings.violation(
                    "I4",
                    "process " + process.processId() + " of attempt " + process.key() + " outlived its attempt: "
                            + process.command());
        }
    }
}
