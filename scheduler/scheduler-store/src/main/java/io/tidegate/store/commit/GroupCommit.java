package io.tidegate.store.commit;

import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Prepared;
import io.tidegate.store.model.Champions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes the changes of many runs together. Thread-safe. */
public final class GroupCommit {
    private static final Prepared LOCK_RUNS = Prepared.of(GroupCommit.class, "lock_runs");

    private final Database database;
    private final UnknownCommits unknown;
    private final boolean lineage;

    /** @param lineage whether somebody is told of lineage */
    public GroupCommit(Database database, boolean lineage) {
        this.database = database;
        this.lineage = lineage;
        this.unknown = new UnknownCommits(database);
    }

    /**
     * Writes what may be written, in one transaction.
     *
     * @return one outcome for each commit, in the same order
     */
    public List<CommitOutcome> write(List<RunCommit> commits) {
        Map<RunCommit, CommitOutcome> settled = unknown.settle(commits);
        List<RunCommit> open =
                commits.stream().filter(commit -> !settled.containsKey(commit)).toList();
        Map<RunCommit, CommitOutcome> outcomes = new HashMap<>(settled);
        if (settled.isEmpty()) {
            return writeNew(commits);
        }
        if (!open.isEmpty()) {
            List<CommitOutcome> written = writeNew(open);
            for (int index = 0; index < open.size(); index++) {
                outcomes.put(open.get(index), written.get(index));
            }
        }
        return commits.stream().map(outcomes::get).toList();
    }

    private List<CommitOutcome> writeNew(List<RunCommit> commits) {
        UnknownCommits.Witness witness = new UnknownCommits.Witness(commits);
        try {
            return database.inTransaction(handle -> writeIn(handle, commits, witness));
        } catch (StoreUnavailableException e) {
            unknown.remember(witness);
            throw e;
        }
    }

    private List<CommitOutcome> writeIn(Handle handle, List<RunCommit> commits, UnknownCommits.Witness witness) {
        Map<UUID, RunHead> heads = lockRuns(handle, commits);
        List<RunCommit> live =
                commits.stream().filter(commit -> isLive(heads, commit)).toList();
        lockModels(handle, live);
        Publications publications = Publications.judging(handle, live);
        Batch batch = new Batch(publications, lineage);
        List<CommitOutcome> outcomes = new ArrayList<>(commits.size());
        for (RunCommit commit : commits) {
            if (!isLive(heads, commit)) {
                outcomes.add(CommitOutcome.STALE);
            } else if (!publications.admit(commit)) {
                outcomes.add(CommitOutcome.CONFLICT);
            } else {
                batch.add(heads.get(commit.run().value()), commit);
                outcomes.add(CommitOutcome.WRITTEN);
            }
        }
        batch.write(handle);
        heads.values().stream().findAny().ifPresent(head -> witness.saw(head.transaction(), outcomes));
        return List.copyOf(outcomes);
    }

    private static boolean isLive(Map<UUID, RunHead> heads, RunCommit commit) {
        RunHead head = heads.get(commit.run().value());
        return head != null && head.fence() == commit.fence();
    }

    private static Map<UUID, RunHead> lockRuns(Handle handle, List<RunCommit> commits) {
        String ids = commits.stream()
                .map(commit -> commit.run().toString())
                .distinct()
                .collect(Collectors.joining(",", "{", "}"));
        Map<UUID, RunHead> heads = new HashMap<>();
        LOCK_RUNS.query(handle, Map.of("ids", ids), RunHead::of).forEach(head -> heads.put(head.id(), head));
        return heads;
    }

    private static void lockModels(Handle handle, List<RunCommit> commits) {
        Set<String> models = new TreeSet<>();
        for (RunCommit commit : commits) {
            for (Change change : commit.changes()) {
                if (change instanceof Change.PublicationDecided decided) {
                    models.add(decided.model().value());
                } else if (change instanceof Change.ReportTaken taken) {
                    models.addAll(ModelRegistration.legalNames(taken.report()));
                }
            }
        }
        if (!models.isEmpty()) {
            Champions.lock(handle, models);
        }
    }
}
