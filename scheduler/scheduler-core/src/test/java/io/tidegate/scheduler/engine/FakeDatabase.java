package io.tidegate.scheduler.engine;

import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.node.BalanceRule;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeLoad;
import io.tidegate.scheduler.node.NodeReport;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.CommandStore.Command;
import io.tidegate.scheduler.store.RunStore.ClaimedRun;
import io.tidegate.scheduler.store.RunStore.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The database as the engine sees it, in memory: fences, ownership, overlap, commands, and a memory for everything that must not happen. Outlives
 * the servers that are connected to it through {@link FakeConnection}. Safe for use by several threads.
 */
final class FakeDatabase {
    private static final class Row {
        private Run run;
        private final Overlap overlap;
        private final Map<StepId, StepRun> steps = new LinkedHashMap<>();
        private final Map<LaunchKey, Attempt> attempts = new LinkedHashMap<>();
        private Optional<NodeId> owner = Optional.empty();
        private long fence;

        private Row(Run run, Overlap overlap) {
            this.run = run;
            this.overlap = overlap;
        }
    }

    private final Map<RunId, Row> rows = new LinkedHashMap<>();
    private final Set<NodeId> live = new HashSet<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<Change> written = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<String> reports = new HashSet<>();
    private final Map<ModelName, Integer> champions = new HashMap<>();
    private final FakePlaces places = new FakePlaces();
    private final List<FakeSignals> listeners = new CopyOnWriteArrayList<>();
    private final Set<NodeId> draining = new HashSet<>();
    private int commits;

    // What a test looks at and does.

    synchronized void create(Run run, List<StepId> steps, Overlap overlap) {
        Row row = new Row(run, overlap);
        steps.forEach(step -> row.steps.put(step, StepRun.waiting(step)));
        rows.put(run.id(), row);
    }

    synchronized RunSnapshot snapshot(RunId run) {
        Row row = rows.get(run);
        Map<StepId, Attempt> newest = new HashMap<>();
        row.attempts
                .values()
                .forEach(attempt -> newest.merge(
                        attempt.step(), attempt, (one, other) -> one.number() > other.number() ? one : other));
        return RunSnapshot.of(row.run, row.steps, newest);
    }

    synchronized RunState state(RunId run) {
        return rows.get(run).run.state();
    }

    synchronized List<Attempt> attempts(RunId run) {
        return List.copyOf(rows.get(run).attempts.values());
    }

    synchronized Optional<NodeId> owner(RunId run) {
        return rows.get(run).owner;
    }

    synchronized <T extends Change> List<T> written(Class<T> type) {
        return written.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What was asked for that must never be. */
    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized int commits() {
        return commits;
    }

    synchronized List<Command> pendingCommands() {
        return List.copyOf(commands);
    }

    /** Lets the leases of all servers run out. */
    synchronized void expireLeases() {
        live.clear();
        fenceOffDead();
    }

    synchronized void champion(ModelName model, int version) {
        champions.put(model, version);
    }

    synchronized void pool(String name, int size) {
        places.pool(name, size);
    }

    /** How often somebody looked whose turn it is. */
    synchronized int looksAtPlaces() {
        return places.looks();
    }

    synchronized Set<LaunchKey> grant(Instant now) {
        Map<Attempt, Run> going = new HashMap<>();
        rows.values()
                .forEach(row -> row.attempts.values().stream()
                        .filter(attempt -> !attempt.state().isTerminal())
                        .forEach(attempt -> going.put(attempt, row.run)));
        return places.grant(going, now);
    }

    synchronized long submit(Command command) {
        long id = commands.size() + 1L + written(Change.CommandDone.class).size();
        commands.add(
                new Command(id, command.run(), command.type(), command.target(), command.actor(), command.reason()));
        return id;
    }

    // What connections ask for.

    synchronized void register(NodeId node) {
        live.add(node);
    }

    synchronized boolean renew(NodeId node, NodeReport report) {
        if (report.draining()) {
            draining.add(node);
        }
        return live.contains(node);
    }

    synchronized void leave(NodeId node) {
        live.remove(node);
        fenceOffDead();
    }

    /** Who hears signals on this database. */
    List<FakeSignals> listeners() {
        return listeners;
    }

    synchronized NodeLoad load(NodeId node) {
        List<Row> going = rows.values().stream()
                .filter(row -> row.owner.isPresent() || row.run.state().isActive())
                .toList();
        return new NodeLoad(
                (int) going.stream()
                        .filter(row -> row.owner.equals(Optional.of(node)))
                        .count(),
                going.size(),
                (int) live.stream().filter(each -> !draining.contains(each)).count());
    }

    private void fenceOffDead() {
        rows.values().stream()
                .filter(row -> row.owner.isPresent() && !live.contains(row.owner.get()))
                .forEach(row -> {
                    row.owner = Optional.empty();
                    row.fence++;
                });
    }

    synchronized List<ClaimedRun> owned(NodeId node) {
        return rows.values().stream()
                .filter(row -> row.owner.equals(Optional.of(node)))
                .map(row -> new ClaimedRun(row.run.id(), row.fence))
                .toList();
    }

    synchronized List<ClaimedRun> claim(NodeId node, Wish wish) {
        List<ClaimedRun> claimed = new ArrayList<>();
        int going = 0;
        int room = wish.fairly() ? BalanceRule.room(load(node)) : Integer.MAX_VALUE;
        for (Row row : rows.values()) {
            boolean wanted = claimed.size() < wish.limit() && !wish.except().contains(row.run.id());
            boolean fair = !row.run.state().isActive() || going < room;
            if (wanted && fair && live.contains(node) && isClaimable(row)) {
                going += row.run.state().isActive() ? 1 : 0;
                row.owner = Optional.of(node);
                row.fence++;
                claimed.add(new ClaimedRun(row.run.id(), row.fence));
            }
        }
        return claimed;
    }

    private boolean isClaimable(Row row) {
        if (row.owner.isPresent()) {
            return false;
        }
        if (row.run.state() == RunState.QUEUED) {
            long going = rows.values().stream().filter(this::isAdmitted).count();
            return going < row.overlap.limit();
        }
        return row.run.state().isActive()
                || commands.stream().anyMatch(command -> command.run().equals(row.run.id()));
    }

    private boolean isAdmitted(Row row) {
        return row.run.state().isActive() || (row.run.state() == RunState.QUEUED && row.owner.isPresent());
    }

    synchronized void release(RunId run, long fence) {
        Row row = rows.get(run);
        if (row.fence == fence) {
            row.owner = Optional.empty();
            row.fence++;
        }
    }

    synchronized List<Command> pending(NodeId node) {
        return commands.stream()
                .filter(command -> rows.get(command.run()).owner.equals(Optional.of(node)))
                .toList();
    }

    synchronized List<CommitOutcome> commit(List<RunCommit> batch) {
        commits++;
        return batch.stream().map(this::commit).toList();
    }

    private CommitOutcome commit(RunCommit commit) {
        Row row = rows.get(commit.run());
        if (row.fence != commit.fence()) {
            return CommitOutcome.STALE;
        }
        if (commit.changes().stream().anyMatch(this::conflicts)) {
            return CommitOutcome.CONFLICT;
        }
        Set<Object> touched = new HashSet<>();
        commit.changes().forEach(change -> apply(row, change, touched));
        written.addAll(commit.changes());
        return CommitOutcome.WRITTEN;
    }

    private boolean conflicts(Change change) {
        return change instanceof Change.PublicationDecided decided
                && !Optional.ofNullable(champions.get(decided.model()))
                        .equals(decided.verdict().championVersion());
    }

    private void apply(Row row, Change change, Set<Object> touched) {
        if (change instanceof Change.RunWritten it) {
            once(touched, "the run");
            row.run = it.run();
        } else if (change instanceof Change.RunReleased it) {
            row.run = it.run();
            release(it.run().id(), row.fence);
        } else if (change instanceof Change.StepWritten it) {
            once(touched, it.step().step());
            row.steps.put(it.step().step(), it.step());
        } else if (change instanceof Change.AttemptWritten it) {
            once(touched, it.attempt().key());
            Attempt before = row.attempts.put(it.attempt().key(), it.attempt());
            if (before != null && before.state().isTerminal() && !before.equals(it.attempt())) {
                violations.add("the result of " + before.key() + " changed from " + before + " to " + it.attempt());
            }
        } else if (change instanceof Change.PlacesRequested it) {
            places.requested(it.attempt(), it.demand());
        } else if (change instanceof Change.ReportTaken it) {
            String which = row.run.id() + "/" + it.step() + "/" + it.attempt();
            if (!reports.add(which)) {
                violations.add("the report of " + which + " was taken in twice");
            }
        } else if (change instanceof Change.CommandDone it) {
            commands.removeIf(command -> command.id() == it.commandId());
        } else if (change instanceof Change.PublicationDecided it
                && it.verdict().accepted()) {
            champions.put(it.model(), it.verdict().challengerVersion());
        }
    }

    /** A multi-row statement takes each row once. */
    private void once(Set<Object> touched, Object row) {
        if (!touched.add(row)) {
            violations.add(row + " was written twice in one commit");
        }
    }
}
