package io.tidegate.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.Outbox;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Pools;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a commit costs on the connection that a server writes with. */
final class CommitPlansTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    /** So often that the driver and the server have settled on a plan. */
    private static final int OFTEN = 12;

    private final Sample sample = new Sample(POSTGRES.stores());
    private final DagId dag = sample.dag();

    @Test
    void theyGoByKeyAlsoWhereReadingAWholeTableLooksCheap() throws SQLException {
        String[] steps = IntStream.range(0, OFTEN).mapToObj(n -> "s" + n).toArray(String[]::new);
        Owned owned = sample.own(dag, 1, steps);
        try (Pools pools = new Pools(POSTGRES.jdbcUrl(), 2, 1)) {
            GroupCommit commits = new GroupCommit(new Database(pools.commits()), true);
            POSTGRES.execute("INSERT INTO step_run (run, step) SELECT '" + owned.run()
                    + "', 'more' || n FROM generate_series(1, 7000) n");
            long before = fullReads(pools.commits());
            for (int step = 0; step < OFTEN; step++) {
                end(commits, owned, "s" + step);
            }
            assertThat(fullReads(pools.commits()))
                    .as("full reads of growing tables")
                    .isEqualTo(before);
        }
    }

    private static void end(GroupCommit commits, Owned owned, String step) {
        assertThat(commits.write(List.of(Sample.commitOf(
                        owned,
                        Sample.step(step, StepState.SUCCEEDED),
                        Sample.attemptWritten(owned, step, 1, AttemptState.SUCCEEDED)))))
                .containsExactly(CommitOutcome.WRITTEN);
    }

    private static long fullReads(HikariDataSource commits) throws SQLException {
        try (Connection connection = commits.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_force_next_flush()");
            try (ResultSet row = statement.executeQuery(
                    "SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname IN ('run', 'step_run', 'attempt')")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Test
    void whereNobodyReceivesLineageNoneIsPutAside() {
        Owned owned = sample.own(dag, 2, "a");
        Change news = new Change.LineageAnnounced(new StepId("a"), 1, Change.LineageEvent.COMPLETE, Sample.MONDAY);
        Outbox outbox = POSTGRES.stores().outbox();
        Database database = new Database(POSTGRES.dataSource());

        new GroupCommit(database, false).write(List.of(Sample.commitOf(owned, news)));
        assertThat(outbox.due(Outbox.Topic.LINEAGE, Sample.MONDAY, 10)).isEmpty();

        new GroupCommit(database, true).write(List.of(Sample.commitOf(owned, news)));
        assertThat(outbox.due(Outbox.Topic.LINEAGE, Sample.MONDAY, 10)).hasSize(1);
    }
}
