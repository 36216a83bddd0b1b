package io.tidegate.server.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A real PostgreSQL server in the home folder, started and stopped with Tidegate. One that outlived a killed server is stopped first;
 * PostgreSQL's own recovery then brings the data back.
 */
public final class EmbeddedDatabase implements Database {
    /** The major version of the binaries this build carries. */
    static final int MAJOR_VERSION = 18;

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "max_connections", "60",
            "shared_buffers", "128MB",
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on");

    private final EmbeddedPostgres server;
    private final Path data;

    private EmbeddedDatabase(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    /**
     * Starts the server of a folder, with a new and empty database the first time.
     *
     * @param folder holds the data and the unpacked binaries
     * @throws DatabaseException when the data is of another major version, or the server does not start
     */
    public static EmbeddedDatabase start(Path folder) {
        Path data = folder.resolve("data");
        try {
            Files.createDirectories(folder);
            checkVersion(data);
            new LeftoverPostmaster(data).stop();
            return new EmbeddedDatabase(launch(folder, data), data);
        } catch (IOException | IllegalStateException problem) {
            throw new DatabaseException(
                    "the embedded PostgreSQL in " + folder + " did not start: " + firstLine(problem)
                            + "; see the log above, or use a server of your own with --database-url",
                    problem);
        }
    }

    private static EmbeddedPostgres launch(Path folder, Path data) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("postgres.log").toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("postgres.log").toFile()));
        SETTINGS.forEach(builder::setServerConfig);
        return builder.start();
    }

    private static void checkVersion(Path data) throws IOException {
        Path file = data.resolve("PG_VERSION");
        if (!Files.exists(file)) {
            return;
        }
        String version = Files.readString(file).strip();
        if (!version.equals(String.valueOf(MAJOR_VERSION))) {
            throw new DatabaseException(
                    "the data in " + data + " is of PostgreSQL " + version + ", and this Tidegate brings PostgreSQL "
                            + MAJOR_VERSION + "; use the Tidegate that made it, run a PostgreSQL " + version
                            + " on it and give its address with --database-url, or choose another folder with --home");
        }
    }

    private static String firstLine(Exception problem) {
        String message = String.valueOf(problem.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    @Override
    public String jdbcUrl() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public String description() {
        return "embedded PostgreSQL " + MAJOR_VERSION + " in " + data.getParent() + ", port " + server.getPort();
    }

    /** It lies in the home folder, which one server holds at a time. */
    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException problem) {
            throw new DatabaseException("the embedded PostgreSQL in " + data + " did not stop cleanly", problem);
        }
    }
}
