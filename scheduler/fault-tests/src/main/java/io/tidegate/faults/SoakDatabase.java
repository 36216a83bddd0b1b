package io.tidegate.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real PostgreSQL with full durability, always on the same port, that can be broken. Used by one thread at a time but for its connections. */
final class SoakDatabase implements AutoCloseable {
    private static final long STOP_LIMIT_SECONDS = 30;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private Optional<EmbeddedPostgres> server = Optional.empty();

    private SoakDatabase(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static SoakDatabase start(Path folder) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SoakDatabase database = new SoakDatabase(folder, free.getLocalPort());
            free.close();
            database.start();
            return database;
        }
    }

    /** Starts it again on its data; PostgreSQL recovers by itself. */
    void start() throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve("postgres.log");
        server = Optional.of(EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "100")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start());
    }

    /**
     * Ends it at once, without a checkpoint: SIGQUIT, the immediate shutdown of the PostgreSQL manual, section "Shutting Down the Server".
     */
    void crash() throws IOException, InterruptedException {
        stop("QUIT");
        // Lets go of the data folder; there is nothing left to stop.
        server.orElseThrow().close();
    }

    private void stop(String signal) throws IOException, InterruptedException {
        Path file = folder.resolve("data/postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        long processId = Long.parseLong(Files.readAllLines(file).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(processId).orElse(null);
        if (postmaster == null) {
            return;
        }
        Signals.send(signal, processId);
        try {
            postmaster.onExit().get(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException problem) {
            throw new IOException("PostgreSQL, process " + processId + ", does not end", problem);
        }
    }

    /** Copies the data of a database that does not run. */
    void backUp() throws IOException, InterruptedException {
        copy(folder.resolve("data"), folder.resolve("backup"));
    }

    /** Puts the copy back in the place of the data of a database that does not run. */
    void restore() throws IOException, InterruptedException {
        Files.move(folder.resolve("data"), folder.resolve("lost"));
        copy(folder.resolve("backup"), folder.resolve("data"));
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        int code = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("cp -a " + from + " " + to + " ended with exit code " + code);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /** A connection of the soak's own, which the storms spare. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl() + "&ApplicationName=soak&connectTimeout=5&socketTimeout=60");
    }

    /** Runs statements, one after the other, outside of any transaction. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stop("INT");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
