package io.tidegate.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The pools of a server. Heartbeats have their own, so that no amount of other work makes a node lose its lease; so has the read
 * side, so that people's questions do not hold up the engine; and so have taking runs over and writing what happens to them, which are done by one
 * at a time and must not wait.
 */
public final class Pools implements AutoCloseable {
    private static final Duration HEARTBEAT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration WORK_PATIENCE = Duration.ofSeconds(60);

    /**
     * A server that stands still, or whose machine is gone, may have a transaction open, and with it locks that keep the others from its runs, from
     * admitting and from granting places. The database itself ends it, sooner than leases run out: it may not hear for hours that a machine is gone.
     */
    private static final String NOT_IDLE = "SET idle_in_transaction_session_timeout = '10s'";

    /**
     * Commits and take-overs touch a few rows by their keys, with statements that are planned once. Planned while tables are small or empty, they would be given
     * plans that read whole tables, and keep them for minutes, until the next statistics: with 8,000 steps a commit took 3 ms longer. So the
     * plans that go by key are the only ones left, and the estimates are not asked each time.
     */
    private static final String BY_KEY = NOT_IDLE
            + "; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;"
            + " SET plan_cache_mode = force_generic_plan; SET jit = off";

    private final HikariDataSource heartbeat;
    private final HikariDataSource work;
    private final HikariDataSource claims;
    private final HikariDataSource commits;
    private final HikariDataSource queries;

    /**
     * @param workConnections connections for the engine
     * @param queryConnections connections for the read side
     * @throws IllegalStateException when the database cannot be reached or refuses the user
     */
    public Pools(String jdbcUrl, int workConnections, int queryConnections) {
        work = connect("work", jdbcUrl, workConnections, WORK_PATIENCE, NOT_IDLE);
        queries = connect("queries", jdbcUrl, queryConnections, WORK_PATIENCE, NOT_IDLE);
        claims = connect("claims", jdbcUrl, 1, WORK_PATIENCE, BY_KEY);
        commits = connect("commits", jdbcUrl, 1, WORK_PATIENCE, BY_KEY);
        heartbeat = connect("heartbeat", jdbcUrl, 1, HEARTBEAT_PATIENCE, NOT_IDLE);
    }

    public HikariDataSource heartbeat() {
        return heartbeat;
    }

    public HikariDataSource work() {
        return work;
    }

    /** For what happens to runs: one connection, whose statements are planned to go by key. */
    public HikariDataSource commits() {
        return commits;
    }

    /** For taking runs over: the same. A new run waits for it. */
    public HikariDataSource claims() {
        return claims;
    }

    public HikariDataSource queries() {
        return queries;
    }

    /** A connection of its own for each call, beside the pools, for what has to keep one. */
    public static DataSource single(String jdbcUrl) {
        PGSimpleDataSource connections = new PGSimpleDataSource();
        connections.setUrl(jdbcUrl);
        connections.setApplicationName("tidegate-signals");
        connections.setConnectTimeout((int) HEARTBEAT_PATIENCE.toSeconds());
        connections.setSocketTimeout((int) WORK_PATIENCE.toSeconds());
        connections.setTcpKeepAlive(true);
        return connections;
    }

    @Override
    public void close() {
        heartbeat.close();
        commits.close();
        claims.close();
        queries.close();
        work.close();
    }

    /**
     * @param patience after which a database that does not answer counts as lost
     * @param preparation what each new connection runs first
     */
    private static HikariDataSource connect(
            String name, String jdbcUrl, int connections, Duration patience, String preparation) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("tidegate-" + name);
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(preparation);
        config.setExceptionOverrideClassName(EvictUseless.class.getName());
        config.addDataSourceProperty("ApplicationName", "tidegate-" + name);
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", Long.toString(patience.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw new IllegalStateException(
                    "cannot reach the database: " + rootMessage(e) + "; check --database-url", e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
