package io.tidegate.store.commit;

import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.store.commit.ReportRows.ReportKey;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Prepared;
import io.tidegate.store.model.Champions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes the changes of many runs together. Thread-safe. */
public final class GroupCommit {
    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

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
            return tryAtOnce(commits, witness)
                    .orElseGet(() -> database.inTransaction(handle -> judgeAndWrite(handle, commits, witness)));
        } catch (StoreUnavailableException e) {
            unknown.remember(witness);
            throw e;
        }
    }

    private Optional<List<CommitOutcome>> tryAtOnce(List<RunCommit> commits, UnknownCommits.Witness witness) {
        if (!commits.stream().allMatch(Progress::mayComeFirst)) {
            return Optional.empty();
        }
        try {
            return database.inTransaction(handle -> writeAtOnce(handle, commits, witness));
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // A run that is somebody else's by now may even be gone. If it is not that, it will be said again.
            LOG.log(System.Logger.Level.DEBUG, "commits are judged before they are written", e);
            return Optional.empty();
        }
    }

    /** Writes and looks afterwards whether it might; empty, and nothing is written, when it might not. One round trip less than to look first. */
    private Optional<List<CommitOutcome>> writeAtOnce(
            Handle handle, List<RunCommit> commits, UnknownCommits.Witness witness) {
        Prepared.Results<RunHead, Set<ReportKey>> written = Progress.of(commits).lockAndWrite(handle, ids(commits));
        Map<UUID, RunHead> heads = byId(written.first());
        if (!commits.stream().allMatch(commit -> isLive(heads, commit))) {
            handle.rollback();
            return Optional.empty();
        }
        lockModels(handle, commits);
        Batch batch = new Batch(Publications.judging(handle, List.of()), lineage);
        commits.forEach(commit -> batch.add(heads.get(commit.run().value()), commit));
        batch.end(handle, written.second().get(0));
        List<CommitOutcome> outcomes = Collections.nCopies(commits.size(), CommitOutcome.WRITTEN);
        witness.saw(written.first().get(0).transaction(), outcomes);
        return Optional.of(outcomes);
    }

    private List<CommitOutcome> judgeAndWrite(Handle handle, List<RunCommit> commits, UnknownCommits.Witness witness) {
        Map<UUID, RunHead> heads = byId(RunHead.LOCK.query(handle, Map.of("ids", ids(commits)), RunHead::of));
        List<RunCommit> live =
                commits.stream().filter(commit -> isLive(heads, commit)).toList();
        lockModels(handle, live);
        Publications publications = Publications.judging(handle, live);
        Batch batch = new Batch(publications, lineage);
        List<RunCommit> admitted = new ArrayList<>();
        List<CommitOutcome> outcomes = new ArrayList<>(commits.size());
        for (RunCommit commit : commits) {
            if (!isLive(heads, commit)) {
                outcomes.add(CommitOutcome.STALE);
            } else if (!publications.admit(commit)) {
                outcomes.add(CommitOutcome.CONFLICT);
            } else {
                batch.add(heads.get(commit.run().value()), commit);
                admitted.add(commit);
                outcomes.add(CommitOutcome.WRITTEN);
            }
        }
        batch.begin(handle);
        batch.end(handle, Progress.of(admitted).write(handle));
        heads.values().stream().findAny().ifPresent(head -> witness.saw(head.transaction(), outcomes));
        return List.copyOf(outcomes);
    }

    private static boolean isLive(Map<UUID, RunHead> heads, RunCommit commit) {
        RunHead head = heads.get(commit.run().value());
        return head != null && head.fence() == commit.fence();
    }

    private static String ids(List<RunCommit> commits) {
        return commits.stream()
                .map(commit -> commit.run().toString())
                .distinct()
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Map<UUID, RunHead> byId(List<RunHead> heads) {
        return heads.stream().collect(Collectors.toMap(RunHead::id, head -> head));
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
