package io.tidegate.store.commit;

import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.store.database.Database;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Commits whose answer was lost with the connection. PostgreSQL remembers how a transaction ended ({@code pg_xact_status}), so a writer
 * that tries again learns whether the first try was written, and nothing is written twice. Thread-safe.
 */
final class UnknownCommits {
    /** More than one writer is rare; a witness nobody asks about again makes room in the end. */
    private static final int KEPT = 16;

    /** One try, and what would have come of it. */
    static final class Witness {
        private final List<RunCommit> commits;
        private Optional<String> transaction = Optional.empty();
        private List<CommitOutcome> outcomes = List.of();

        Witness(List<RunCommit> commits) {
            this.commits = commits;
        }

        /** Everything is written, and only the commit itself is left. */
        void saw(String number, List<CommitOutcome> expected) {
            transaction = Optional.of(number);
            outcomes = List.copyOf(expected);
        }
    }

    private final Database database;
    private final Deque<Witness> witnesses = new ArrayDeque<>();

    UnknownCommits(Database database) {
        this.database = database;
    }

    /** Keeps a try that ended without an answer, unless it cannot have been written. */
    synchronized void remember(Witness witness) {
        if (witness.transaction.isEmpty()) {
            return;
        }
        if (witnesses.size() == KEPT) {
            witnesses.removeFirst();
        }
        witnesses.addLast(witness);
    }

    /**
     * Outcomes of those commits that an earlier try has written already.
     *
     * @throws StoreUnavailableException when the database does not know yet how an earlier try ends
     */
    synchronized Map<RunCommit, CommitOutcome> settle(List<RunCommit> commits) {
        if (witnesses.isEmpty()) {
            return Map.of();
        }
        Map<RunCommit, CommitOutcome> settled = new HashMap<>();
        for (Iterator<Witness> each = witnesses.iterator(); each.hasNext(); ) {
            Witness witness = each.next();
            List<RunCommit> again = new ArrayList<>(commits);
            again.retainAll(witness.commits);
            if (again.isEmpty()) {
                continue;
            }
            if (wasCommitted(witness)) {
                again.forEach(commit -> settled.put(commit, witness.outcomes.get(witness.commits.indexOf(commit))));
            }
            each.remove();
        }
        return settled;
    }

    private boolean wasCommitted(Witness witness) {
        String status = status(witness.transaction.orElseThrow());
        if ("in progress".equals(status)) {
            throw new StoreUnavailableException(
                    "the database has not ended the transaction whose answer was lost; try again", null);
        }
        return "committed".equals(status);
    }

    private String status(String transaction) {
        try {
            return database.with(handle -> handle.createQuery(
                            "SELECT coalesce(pg_xact_status(CAST(:transaction AS xid8)), 'unknown')")
                    .bind("transaction", transaction)
                    .mapTo(String.class)
                    .one());
        } catch (UnableToExecuteStatementException e) {
            // Another server took over and never saw that transaction.
            return "unknown";
        }
    }
}
