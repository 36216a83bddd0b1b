package io.tidegate.store.commit;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.store.commit.ReportRows.ReportKey;
import io.tidegate.store.commit.ReportRows.ReportRow;
import io.tidegate.store.commit.Rows.AttemptRow;
import io.tidegate.store.commit.Rows.EventRow;
import io.tidegate.store.commit.Rows.StepRow;
import io.tidegate.store.database.Prepared;
import io.tidegate.store.database.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What nearly every commit writes, by one statement: steps, attempts, history and what was reported. Of several changes of one row the last one
 * is written. Not thread-safe.
 */
final class Progress {
    private static final Prepared WRITE = Prepared.of(Progress.class, "write_progress");
    private static final Prepared LOCK_AND_WRITE = RunHead.LOCK.then(WRITE);

    private record StepKey(UUID run, String step) {}

    private record AttemptKey(UUID run, String step, int number) {}

    private final Map<StepKey, StepRow> steps = new LinkedHashMap<>();
    private final Map<AttemptKey, AttemptRow> attempts = new LinkedHashMap<>();
    private final List<EventRow> events = new ArrayList<>();
    private final Map<ReportKey, ReportRow> reports = new LinkedHashMap<>();

    /**
     * What has been written.
     *
     * @param steps how many
     * @param reports those that were not taken in before
     */
    record Written(int steps, Set<ReportKey> reports) {
        private static final TypeReference<Set<ReportKey>> KEYS = new TypeReference<>() {};

        static Written of(Row row) throws SQLException {
            return new Written(
                    row.integer("steps"),
                    row.document("reports", KEYS, "what was written").orElse(Set.of()));
        }
    }

    /**
     * Whether the progress of a commit may be written before anything is known of its run, and be taken back when the run belongs to somebody
     * else by now. What must be judged first, or what makes the rows that progress is written to, may not.
     */
    static boolean mayComeFirst(RunCommit commit) {
        return commit.changes().stream()
                .noneMatch(change -> change instanceof Change.PublicationDecided
                        || change instanceof Change.StepAdded
                        || change instanceof Change.StepsExchanged);
    }

    /** Whether a change belongs to progress, alone or among others. */
    static boolean takes(Change change) {
        return change instanceof Change.StepWritten
                || change instanceof Change.AttemptWritten
                || change instanceof Change.EventAppended
                || change instanceof Change.ReportTaken;
    }

    static Progress of(Collection<RunCommit> commits) {
        Progress progress = new Progress();
        commits.forEach(commit ->
                commit.changes().forEach(change -> progress.add(commit.run().value(), change)));
        return progress;
    }

    private void add(UUID run, Change change) {
        if (change instanceof Change.StepWritten written) {
            StepRow row = StepRow.of(run, written.step());
            steps.put(new StepKey(run, row.step()), row);
        } else if (change instanceof Change.AttemptWritten written) {
            AttemptRow row = AttemptRow.of(run, written.attempt());
            attempts.merge(new AttemptKey(run, row.step(), row.number()), row, AttemptRow::followedBy);
        } else if (change instanceof Change.EventAppended event) {
            events.add(EventRow.of(run, event));
        } else if (change instanceof Change.ReportTaken taken) {
            ReportRow row = ReportRow.of(run, taken);
            reports.putIfAbsent(row.key(), row);
        }
    }

    private boolean isEmpty() {
        return steps.isEmpty() && attempts.isEmpty() && events.isEmpty() && reports.isEmpty();
    }

    /** Writes it for runs that are locked, and gives the reports that were not taken in before. */
    Set<ReportKey> write(Handle handle) {
        return isEmpty()
                ? Set.of()
                : checked(WRITE.query(handle, parameters(), Written::of).get(0));
    }

    /** Locks the runs and writes it, whoever they belong to, in one round trip. */
    Prepared.Results<RunHead, Set<ReportKey>> lockAndWrite(Handle handle, String ids) {
        Map<String, Object> parameters = parameters();
        parameters.put("ids", ids);
        Prepared.Results<RunHead, Written> results = LOCK_AND_WRITE.query(handle, parameters, RunHead::of, Written::of);
        return new Prepared.Results<>(
                results.first(), List.of(checked(results.second().get(0))));
    }

    private Set<ReportKey> checked(Written written) {
        if (written.steps() != steps.size()) {
            throw new IllegalStateException(
                    "steps were written that their runs do not have; the steps are " + steps.keySet());
        }
        return written.reports();
    }

    private Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        StepRow.COLUMNS.put(steps.values(), parameters);
        AttemptRow.COLUMNS.put(attempts.values(), parameters);
        EventRow.COLUMNS.put(events, parameters);
        ReportRow.COLUMNS.put(reports.values(), parameters);
        return parameters;
    }
}
