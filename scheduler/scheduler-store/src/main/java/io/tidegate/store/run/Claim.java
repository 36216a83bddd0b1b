package io.tidegate.store.run;

import io.tidegate.executor.ExternalJob;
import io.tidegate.scheduler.node.BalanceRule;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.RunStore.ClaimedRun;
import io.tidegate.scheduler.store.RunStore.Wish;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import io.tidegate.store.node.PostgresNodeStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * One take-over of runs, in one transaction. Rows that another node is busy with are skipped, never waited for.
 *
 * <p>Admission must count what is going and admit in the same breath, or two nodes admit twice: the DAG's row is locked by a statement
 * of its own, and the next statement sees everything that was committed before the lock was got.
 */
final class Claim {
    private static final String LOOK_FOR_WORK = Sql.of(Claim.class, "look_for_work");
    private static final String FENCE_OFF_DEAD = Sql.of(Claim.class, "fence_off_dead_owners");
    private static final String CANCEL_WAITING = Sql.of(Claim.class, "cancel_waiting");
    private static final String CLAIM_GOING = Sql.of(Claim.class, "claim_going");
    private static final String LOCK_ADMITTING = Sql.of(Claim.class, "lock_admitting_dags");
    private static final String CLAIM_WAITING = Sql.of(Claim.class, "claim_waiting");

    private static final String LOCK_ADMITTING_BACKFILLS = Sql.of(Claim.class, "lock_admitting_backfills");
    private static final String CLAIM_BACKFILLED = Sql.of(Claim.class, "claim_backfilled");
    private static final String KNOWN_COMMANDS =
            Json.write(Arrays.stream(CommandStore.Type.values()).map(Enum::name).toList());

    /** How long a run whose processes are on another machine is left to the next server there, from the end of the last lease of one. */
    private static final Duration COMES_BACK = Duration.ofMinutes(2);

    private final Handle handle;
    private final NodeId node;
    private final Wish wish;
    private final UUID[] except;

    Claim(Handle handle, NodeId node, Wish wish) {
        this.handle = handle;
        this.node = node;
        this.wish = wish;
        this.except = wish.except().stream().map(RunId::value).toArray(UUID[]::new);
    }

    List<ClaimedRun> take() {
        Work work = lookForWork();
        if (!work.alive()) {
            return List.of();
        }
        if (work.deadOwners()) {
            handle.createUpdate(FENCE_OFF_DEAD).execute();
            // What was theirs belongs to nobody now, whatever state it is in.
            work = lookForWork();
        }
        if (work.commands()) {
            handle.createUpdate(CANCEL_WAITING).execute();
        }
        int limit = wish.limit();
        List<ClaimedRun> claimed = new ArrayList<>();
        if (work.orphans() || work.commands()) {
            claimed.addAll(claimGoing(limit, work.orphans()));
        }
        int room = limit - claimed.size();
        if (room > 0 && work.waiting()) {
            claimed.addAll(claimWaiting(room));
        }
        room = limit - claimed.size();
        if (room > 0 && work.backfilled()) {
            claimed.addAll(claimBackfilled(room));
        }
        return List.copyOf(claimed);
    }

    /**
     * What there is to do.
     *
     * @param alive whether this node's lease has not run out
     * @param deadOwners whether runs belong to nodes whose lease has
     * @param commands whether any are not carried out
     * @param orphans whether runs that are going belong to nobody
     * @param waiting whether runs wait for admission
     * @param backfilled whether runs of backfills do
     */
    private record Work(
            boolean alive, boolean deadOwners, boolean commands, boolean orphans, boolean waiting, boolean backfilled) {
        static Work of(Row row) throws SQLException {
            return new Work(
                    row.truth("alive"),
                    row.truth("dead_owners"),
                    row.truth("commands"),
                    row.truth("orphans"),
                    row.truth("waiting"),
                    row.truth("backfilled"));
        }
    }

    private Work lookForWork() {
        return handle.createQuery(LOOK_FOR_WORK)
                .bind("node", node.value())
                .map(Row.reading(Work::of))
                .one();
    }

    /** What goes is spread evenly over the nodes. */
    private int room(int limit, boolean orphans) {
        return wish.fairly() && orphans
                ? Math.min(limit, BalanceRule.room(PostgresNodeStore.load(handle, node)))
                : limit;
    }

    private List<ClaimedRun> claimGoing(int limit, boolean orphans) {
        return handle.createQuery(CLAIM_GOING)
                .bind("node", node.value())
                .bind("known", KNOWN_COMMANDS)
                .bind("comes_back_seconds", COMES_BACK.toSeconds())
                .bind("boot_detail", ExternalJob.BOOT)
                .bind("except", except)
                .bind("room", room(limit, orphans))
                .bind("limit", limit)
                .map(Row.reading(Claim::claimed))
                .list();
    }

    private List<ClaimedRun> claimWaiting(int limit) {
        List<String> dags = handle.createQuery(LOCK_ADMITTING)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
        if (dags.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(CLAIM_WAITING)
                .bind("node", node.value())
                .bind("dags", Json.write(dags))
                .bind("except", except)
                .bind("limit", limit)
                .map(Row.reading(Claim::claimed))
                .list();
    }

    private List<ClaimedRun> claimBackfilled(int limit) {
        List<Long> backfills = handle.createQuery(LOCK_ADMITTING_BACKFILLS)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        if (backfills.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(CLAIM_BACKFILLED)
                .bind("node", node.value())
                .bind("backfills", Json.write(backfills))
                .bind("except", except)
                .bind("limit", limit)
                .map(Row.reading(Claim::claimed))
                .list();
    }

    static ClaimedRun claimed(Row row) throws SQLException {
        return new ClaimedRun(new RunId(row.uuid("id")), row.number("fence"));
    }
}
