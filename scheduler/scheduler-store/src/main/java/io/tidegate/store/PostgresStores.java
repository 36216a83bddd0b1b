package io.tidegate.store;

import io.tidegate.executor.InstallationId;
import io.tidegate.scheduler.progress.RunningAttempts;
import io.tidegate.scheduler.store.AlertStore;
import io.tidegate.scheduler.store.ArrivalReads;
import io.tidegate.scheduler.store.BackfillStore;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.store.HistoryStore;
import io.tidegate.scheduler.store.ModelStore;
import io.tidegate.scheduler.store.NodeSignals;
import io.tidegate.scheduler.store.NodeStore;
import io.tidegate.scheduler.store.Outbox;
import io.tidegate.scheduler.store.PlaceStore;
import io.tidegate.scheduler.store.ResolutionReads;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.SubRunStore;
import io.tidegate.scheduler.truth.AttemptBooks;
import io.tidegate.scheduler.view.BackfillQueries;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.scheduler.view.NodeQueries;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.store.arrival.PostgresArrivalReads;
import io.tidegate.store.backfill.PostgresBackfillStore;
import io.tidegate.store.command.PostgresCommandStore;
import io.tidegate.store.commit.GroupCommit;
import io.tidegate.store.dag.PostgresDagStore;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Migrations;
import io.tidegate.store.database.Pools;
import io.tidegate.store.history.PostgresHistoryStore;
import io.tidegate.store.model.PostgresModelStore;
import io.tidegate.store.model.PostgresResolutionReads;
import io.tidegate.store.node.PostgresNodeStore;
import io.tidegate.store.outbox.PostgresAlertStore;
import io.tidegate.store.outbox.PostgresOutbox;
import io.tidegate.store.pool.PostgresPlaceStore;
import io.tidegate.store.query.PostgresAttemptBooks;
import io.tidegate.store.query.PostgresBackfillQueries;
import io.tidegate.store.query.PostgresDataQueries;
import io.tidegate.store.query.PostgresNodeQueries;
import io.tidegate.store.query.PostgresRunQueries;
import io.tidegate.store.query.PostgresRunningAttempts;
import io.tidegate.store.run.PostgresRunStore;
import io.tidegate.store.signal.PostgresSignals;
import io.tidegate.store.subrun.PostgresSubRunStore;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Everything the scheduler keeps, in one PostgreSQL database (15 or newer). Thread-safe. Every port throws
 * {@link io.tidegate.scheduler.store.StoreUnavailableException} for what a later try may mend.
 */
public final class PostgresStores implements AutoCloseable {
    private final Database heartbeat;
    private final Database work;
    private final Database claims;
    private final Database commits;
    private final Database queries;
    private final PostgresSignals signals;
    private final boolean lineage;
    private final Runnable onClose;

    /** Where connections come from. */
    private record Sources(
            DataSource heartbeat,
            DataSource work,
            DataSource claims,
            DataSource commits,
            DataSource queries,
            DataSource single) {
        /** All from one. */
        static Sources of(DataSource database) {
            return new Sources(database, database, database, database, database, database);
        }
    }

    private PostgresStores(Sources sources, boolean lineage, Runnable onClose) {
        this.heartbeat = new Database(sources.heartbeat());
        this.work = new Database(sources.work());
        this.claims = new Database(sources.claims());
        this.commits = new Database(sources.commits());
        this.queries = new Database(sources.queries());
        this.signals = new PostgresSignals(sources.single());
        this.lineage = lineage;
        this.onClose = onClose;
    }

    /**
     * Connects, brings the database to this build's schema, and opens the ports.
     *
     * @throws io.tidegate.store.database.NewerSchemaException when a newer Tidegate has used the database
     * @throws IllegalStateException when the database cannot be reached or is not one of Tidegate's; the message says what to do
     */
    public static PostgresStores open(StoreSettings settings) {
        Pools pools = new Pools(settings.jdbcUrl(), settings.workConnections(), settings.queryConnections());
        try {
            Migrations.migrate(pools.work());
        } catch (RuntimeException e) {
            pools.close();
            throw e;
        }
        Sources sources = new Sources(
                pools.heartbeat(),
                pools.work(),
                pools.claims(),
                pools.commits(),
                pools.queries(),
                Pools.single(settings.jdbcUrl()));
        return new PostgresStores(sources, settings.lineage(), pools::close);
    }

    /**
     * Opens the ports on a migrated database that somebody else connects to and closes; every pool is the given one. Its connections must
     * be at isolation level read committed.
     */
    public static PostgresStores on(DataSource database) {
        return new PostgresStores(Sources.of(database), true, () -> {});
    }

    public RunStore runs() {
        return new PostgresRunStore(work, claims, new GroupCommit(commits, lineage));
    }

    public CommandStore commands() {
        return new PostgresCommandStore(work);
    }

    public SubRunStore subRuns() {
        return new PostgresSubRunStore(work);
    }

    public NodeStore nodes() {
        return new PostgresNodeStore(heartbeat, work);
    }

    /** The same for all callers; ended with the stores. */
    public NodeSignals signals() {
        return signals;
    }

    public NodeQueries nodeQueries() {
        return new PostgresNodeQueries(queries);
    }

    public PlaceStore places() {
        return new PostgresPlaceStore(work);
    }

    public DagStore dags() {
        return new PostgresDagStore(work);
    }

    public ModelStore models() {
        return new PostgresModelStore(work);
    }

    public ResolutionReads resolutionReads() {
        return new PostgresResolutionReads(work);
    }

    public ArrivalReads arrivals() {
        return new PostgresArrivalReads(work);
    }

    public Outbox outbox() {
        return new PostgresOutbox(work);
    }

    public HistoryStore history() {
        return new PostgresHistoryStore(work);
    }

    public AlertStore alerts() {
        return new PostgresAlertStore(work);
    }

    public RunQueries runQueries() {
        return new PostgresRunQueries(queries);
    }

    public BackfillStore backfills() {
        return new PostgresBackfillStore(work);
    }

    public BackfillQueries backfillQueries() {
        return new PostgresBackfillQueries(queries);
    }

    public AttemptBooks attemptBooks() {
        return new PostgresAttemptBooks(queries);
    }

    public RunningAttempts runningAttempts() {
        return new PostgresRunningAttempts(queries);
    }

    public DataQueries dataQueries() {
        return new PostgresDataQueries(queries);
    }

    /** Which Tidegate this database belongs to; the same for all its servers, for ever. */
    public InstallationId installation() {
        return work.with(handle -> new InstallationId(handle.createQuery("SELECT id FROM installation")
                .mapTo(String.class)
                .one()));
    }

    /** Ends the lease of every node: right where nobody but the caller can use this database, so that whoever still holds one is dead. */
    public void endAllLeases() {
        work.use(handle -> handle.createUpdate("UPDATE node SET lease_until = least(lease_until, now())")
                .execute());
    }

    /** Whether the database answers; for health checks. */
    public boolean answers() {
        return queries.with(
                handle -> handle.createQuery("SELECT true").mapTo(boolean.class).one());
    }

    /**
     * How long the oldest snapshot of this database has been held open. While it is, nothing that was written since can be cleaned up. Sessions
     * of other users are seen by members of {@code pg_read_all_stats} alone.
     */
    public Duration oldestSnapshot() {
        return queries.with(handle -> handle.createQuery("""
                        SELECT coalesce(CAST(1000 * extract(epoch FROM max(now() - xact_start)) AS bigint), 0)
                        FROM pg_stat_activity
                        WHERE datname = current_database() AND backend_xmin IS NOT NULL AND pid <> pg_backend_pid()""")
                .mapTo(long.class)
                .map(Duration::ofMillis)
                .one());
    }

    @Override
    public void close() {
        signals.close();
        onClose.run();
    }
}
