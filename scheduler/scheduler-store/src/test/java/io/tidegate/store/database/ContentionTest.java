package io.tidegate.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.scheduler.node.NodeReport;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.store.PostgresStores;
import io.tidegate.store.StoreSettings;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Others hold what we want: we come later, and lose neither the lease nor anything that is to be written. */
final class ContentionTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final Sample sample = new Sample(POSTGRES.stores());

    private static long waitingForLocks() {
        return POSTGRES.count("SELECT count(*) FROM pg_locks WHERE NOT granted");
    }

    @Test
    void aDeadlockIsUnavailabilityAndTheNextTryIsWritten() throws Exception {
        List<Owned> owned =
                new ArrayList<>(List.of(sample.own(sample.dag(), 1, "a"), sample.own(sample.dag(), 1, "a")));
        // A commit locks its runs in the order of their names; the other one does not.
        owned.sort(Comparator.comparing(one -> one.run().toString()));
        List<RunCommit> batch = owned.stream()
                .map(one -> Sample.commitOf(one, (Change) Sample.step("a", StepState.RESOLVING)))
                .toList();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection other = POSTGRES.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            // Of the two the commit is the one that notices, and fails.
            statement.execute("SET LOCAL deadlock_timeout = '60s'");
            lock(statement, owned.get(1));
            Future<List<CommitOutcome>> commit =
                    thread.submit(() -> POSTGRES.stores().runs().commit(batch));
            await().until(() -> waitingForLocks() == 1);
            lock(statement, owned.get(0));

            assertThatThrownBy(() -> commit.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("40P01");
            other.rollback();
        } finally {
            thread.shutdownNow();
        }
        assertThat(POSTGRES.stores().runs().commit(batch)).containsOnly(CommitOutcome.WRITTEN);
    }

    private static void lock(Statement statement, Owned owned) throws SQLException {
        statement.execute("SELECT id FROM run WHERE id = '" + owned.run() + "' FOR UPDATE");
    }

    @Test
    void aLeaseIsRenewedWhileAllOtherConnectionsWait() throws Exception {
        Owned owned = sample.own(sample.dag(), 1, "a");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (PostgresStores stores = PostgresStores.open(new StoreSettings(POSTGRES.jdbcUrl(), 2, 1));
                Connection other = POSTGRES.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            NodeId node = new NodeId(UUID.randomUUID());
            stores.nodes().register(node, new NodeProfile("busy", "1.0.0"), LEASE);
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE run IN ACCESS EXCLUSIVE MODE");
            List<Future<?>> stuck = new ArrayList<>();
            stuck.add(threads.submit(() -> stores.runs().load(owned.run())));
            for (int connection = 0; connection < 2; connection++) {
                stuck.add(threads.submit(() -> stores.runs().release(owned.run(), owned.fence() - 1)));
            }
            await().until(() -> waitingForLocks() == 3);

            assertThat(stores.nodes().renew(node, LEASE, new NodeReport(false, List.of())))
                    .isTrue();
            assertThatThrownBy(() -> stores.runs().load(owned.run())).isInstanceOf(StoreUnavailableException.class);

            other.rollback();
            for (Future<?> one : stuck) {
                one.get(20, TimeUnit.SECONDS);
            }
            assertThat(stores.runs().load(owned.run())).isPresent();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aSnapshotThatIsHeldOpenIsToldWithItsAge() throws Exception {
        try (Connection other = POSTGRES.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT count(*) FROM run");
            await().until(() -> POSTGRES.stores().oldestSnapshot().compareTo(Duration.ofMillis(20)) > 0);
            other.rollback();
        }
        await().until(() -> POSTGRES.stores().oldestSnapshot().isZero());
    }
}
