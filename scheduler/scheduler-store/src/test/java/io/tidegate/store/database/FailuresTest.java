package io.tidegate.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.store.PostgresStores;
import io.tidegate.store.StoreSettings;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that cannot serve now is told from a defect, and a lost answer costs nothing. */
final class FailuresTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final Sample sample = new Sample(POSTGRES.stores());

    @ParameterizedTest
    @CsvSource({
        "40001, true",
        "40P01, true",
        "08006, true",
        "57P01, true",
        "25006, true",
        "25P03, true",
        "53300, true",
        "53100, true",
        "58030, true",
        "23505, false",
        "42601, false",
        "22P02, false",
        "0A000, false"
    })
    void sqlStatesAreSortedIntoLaterAndNever(String state, boolean later) {
        assertThat(Failures.isUnavailability(new SQLException("x", state))).isEqualTo(later);
    }

    @Test
    void aPlanOfAnOlderSchemaIsWorthAnotherTry() {
        assertThat(Failures.isUnavailability(
                        new SQLException("ERROR: cached plan must not change result type", "0A000")))
                .isTrue();
    }

    @Test
    void aBackendThatIsEndedIsUnavailableAndTheNextCallWorks() {
        Database database = new Database(POSTGRES.dataSource());
        assertThatThrownBy(
                        () -> database.use(handle -> handle.execute("SELECT pg_terminate_backend(pg_backend_pid())")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("57P01");
        assertThat(POSTGRES.stores().answers()).isTrue();
    }

    @Test
    void aReadOnlyServerIsUnavailable() {
        Database database = new Database(POSTGRES.dataSource());
        assertThatThrownBy(() -> database.inTransaction(handle -> {
                    handle.execute("SET TRANSACTION READ ONLY");
                    return handle.execute("DELETE FROM command");
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("25006");
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        PostgresStores stores = PostgresStores.on(connecting(connection -> {
            throw new IllegalStateException(new SQLException("Connection refused", "08001"));
        }));
        assertThatThrownBy(() -> stores.dags().all()).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aDefectStaysADefect() {
        Database database = new Database(POSTGRES.dataSource());
        assertThatThrownBy(() -> database.use(handle -> handle.execute("SELECT nonsense")))
                .isNotInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void openingSaysWhatIsWrong() {
        assertThatThrownBy(
                        () -> PostgresStores.open(StoreSettings.of("jdbc:postgresql://127.0.0.1:1/none?user=nobody")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot reach the database")
                .hasMessageContaining("--database-url");
        assertThatThrownBy(() -> StoreSettings.of("jdbc:mysql://x")).hasMessageContaining("jdbc:postgresql:");
    }

    @Test
    void aCommitWhoseAnswerIsLostIsNotWrittenTwice() {
        AtomicInteger lost = new AtomicInteger();
        PostgresStores flaky = PostgresStores.on(connecting(connection -> losingTheFirstCommit(connection, lost)));
        RunStore runs = flaky.runs();
        Owned owned = sample.own(sample.dag(), 1, "a");
        Owned other = sample.own(sample.dag(), 1, "a");
        RunCommit commit = Sample.commitOf(owned, event());
        RunCommit stale = Sample.commitOf(new Owned(other.run(), 0, other.node()), event());

        assertThatThrownBy(() -> runs.commit(List.of(commit, stale))).isInstanceOf(StoreUnavailableException.class);
        List<CommitOutcome> again = runs.commit(List.of(commit, stale, Sample.commitOf(other, event())));

        assertThat(again).containsExactly(CommitOutcome.WRITTEN, CommitOutcome.STALE, CommitOutcome.WRITTEN);
        assertThat(events(owned)).as("run_created and the event").isEqualTo(2);
        assertThat(events(other)).isEqualTo(2);
    }

    @Test
    void aCommitThatWasRolledBackIsWrittenByTheNextTry() {
        AtomicInteger lost = new AtomicInteger();
        PostgresStores flaky = PostgresStores.on(connecting(connection -> refusingTheFirstCommit(connection, lost)));
        RunStore runs = flaky.runs();
        Owned owned = sample.own(sample.dag(), 1, "a");
        RunCommit commit = Sample.commitOf(owned, event());
        assertThatThrownBy(() -> runs.commit(List.of(commit))).isInstanceOf(StoreUnavailableException.class);
        assertThat(events(owned)).isEqualTo(1);
        assertThat(runs.commit(List.of(commit))).containsExactly(CommitOutcome.WRITTEN);
        assertThat(events(owned)).isEqualTo(2);
    }

    private static long events(Owned owned) {
        return POSTGRES.count("SELECT count(*) FROM run_event WHERE run = '" + owned.run() + "'");
    }

    private static Change event() {
        return new Change.EventAppended(Sample.MONDAY, Optional.empty(), Optional.empty(), "run_started", Map.of());
    }

    /** What the network does when it drops the answer to COMMIT. */
    private static Connection losingTheFirstCommit(Connection connection, AtomicInteger lost) {
        return committing(connection, lost, true);
    }

    private static Connection refusingTheFirstCommit(Connection connection, AtomicInteger lost) {
        return committing(connection, lost, false);
    }

    private static Connection committing(Connection connection, AtomicInteger lost, boolean reallyCommit) {
        return (Connection) Proxy.newProxyInstance(
                FailuresTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && lost.getAndIncrement() == 0) {
                        if (reallyCommit) {
                            connection.commit();
                        } else {
                            connection.rollback();
                        }
                        throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private static DataSource connecting(Function<Connection, Connection> wrapper) {
        DataSource real = POSTGRES.dataSource();
        return (DataSource) Proxy.newProxyInstance(
                FailuresTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    try {
                        return wrapper.apply(real.getConnection());
                    } catch (IllegalStateException e) {
                        throw e.getCause();
                    }
                });
    }
}
