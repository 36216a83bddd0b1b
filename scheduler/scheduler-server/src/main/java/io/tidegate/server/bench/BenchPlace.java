package io.tidegate.server.bench;

import io.tidegate.executor.Executor;
import io.tidegate.server.database.Database;
import io.tidegate.server.database.DatabaseException;
import io.tidegate.server.database.EmbeddedDatabase;
import io.tidegate.server.database.ExternalDatabase;
import io.tidegate.server.home.FolderTree;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.Installation;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.store.PostgresStores;
import io.tidegate.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A database and a folder for the time of the benchmark. Safe for use by several threads. */
public final class BenchPlace implements AutoCloseable {
    private final Path folder;
    private final Database database;
    private final Installation installation;
    private final Consumer<String> say;

    private BenchPlace(Path folder, Database database, Installation installation, Consumer<String> say) {
        this.folder = folder;
        this.database = database;
        this.installation = installation;
        this.say = say;
    }

    /**
     * Prepares a place.
     *
     * @param databaseUrl JDBC address of an empty database; absent for an embedded server with full durability
     * @param say told in a line each what goes on
     * @throws io.tidegate.server.database.DatabaseException when the database cannot be used
     */
    public static BenchPlace open(Optional<String> databaseUrl, Installation installation, Consumer<String> say)
            throws IOException {
        Path folder = Files.createTempDirectory("tidegate-bench-");
        Database database = databaseUrl
                .<Database>map(ExternalDatabase::new)
                .orElseGet(() -> EmbeddedDatabase.start(folder.resolve("postgres")));
        BenchPlace place = new BenchPlace(folder, database, installation, say);
        say.accept(database.description());
        try (PostgresStores stores = place.stores()) {
            // Opening brings the schema.
            stores.answers();
        }
        place.sayDurability();
        return place;
    }

    private void sayDurability() {
        try (Connection connection = connection("");
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT current_setting('fsync'), current_setting('synchronous_commit'),"
                                + " current_setting('full_page_writes')")) {
            row.next();
            say.accept("fsync " + row.getString(1) + ", synchronous_commit " + row.getString(2) + ", full_page_writes "
                    + row.getString(3));
        } catch (SQLException problem) {
            throw new DatabaseException("the database does not say how durable it is", problem);
        }
    }

    void say(String line) {
        say.accept(line);
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** A folder with one DAG file. */
    Path dag(String name, String text) throws IOException {
        Path dags = folder("dags-" + name);
        Files.writeString(dags.resolve(name + ".dag.yaml"), text);
        return dags;
    }

    PostgresStores stores() {
        return PostgresStores.open(StoreSettings.of(database.jdbcUrl()));
    }

    /**
     * A connection as a person who knows JDBC well would open it.
     *
     * @param options more of the driver's, for example {@code reWriteBatchedInserts=true}; or empty text
     */
    Connection connection(String options) throws SQLException {
        String url = database.jdbcUrl();
        return DriverManager.getConnection(options.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + options);
    }

    /**
     * A server on this database.
     *
     * @param name of its home folder
     * @param attempts how many it works on at once
     * @param programs who runs steps in place of local processes
     */
    BenchServer server(String name, List<Path> dags, int attempts, Optional<Executor> programs) throws Exception {
        return server(name, dags, attempts, programs, InstantSource.system());
    }

    /** The same with another clock. */
    BenchServer server(String name, List<Path> dags, int attempts, Optional<Executor> programs, InstantSource clock)
            throws Exception {
        Path configuration = folder("configuration").resolve(name + ".yaml");
        Files.writeString(configuration, "execution: { attempts_at_once: " + attempts + " }\n");
        ServerSettings settings = new ServerSettings(
                folder.resolve("home-" + name),
                Optional.of(database.jdbcUrl()),
                0,
                dags,
                ConfigurationFile.read(configuration),
                installation,
                programs);
        return BenchServer.start(settings, clock);
    }

    /**
     * A server on this database that is a process of its own.
     *
     * @param name of its home folder, which it may have in common with a server that has ended
     */
    BenchProcess process(String name, Path dags) {
        return new BenchProcess(
                installation.root(),
                database.jdbcUrl(),
                dags,
                folder.resolve("home-" + name),
                folder.resolve("process-" + name + ".log"));
    }

    /** One number that the database gives. */
    double number(String sql) throws SQLException {
        try (Connection connection = connection("");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getDouble(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connection("");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Bytes of write-ahead log since the beginning of the database. */
    double walBytes() throws SQLException {
        return number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");
    }

    @Override
    public void close() {
        database.close();
        FolderTree.delete(folder);
    }
}
