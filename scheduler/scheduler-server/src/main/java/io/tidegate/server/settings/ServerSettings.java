package io.tidegate.server.settings;

import io.tidegate.executor.Executor;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything a server is told at its start.
 *
 * @param home folder that holds its data
 * @param databaseUrl JDBC address of a PostgreSQL server; absent for the embedded one
 * @param port wanted port on the loopback interface
 * @param dagFolders where DAG files are looked for
 * @param file what the configuration file says
 * @param installation where Tidegate itself lies: built-in steps, examples, the assembled Spark home
 * @param programs who runs steps in place of the usual executor of its name; the benchmark measures the engine without programs this way
 */
public record ServerSettings(
        Path home,
        Optional<String> databaseUrl,
        int port,
        List<Path> dagFolders,
        ConfigurationFile file,
        Installation installation,
        Optional<Executor> programs) {
    /** The port that is tried first. */
    public static final int USUAL_PORT = 8080;

    public ServerSettings {
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(databaseUrl, "databaseUrl");
        dagFolders = List.copyOf(dagFolders);
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(installation, "installation");
        Objects.requireNonNull(programs, "programs");
    }

    /** A server with the usual executors. */
    public ServerSettings(
            Path home,
            Optional<String> databaseUrl,
            int port,
            List<Path> dagFolders,
            ConfigurationFile file,
            Installation installation) {
        this(home, databaseUrl, port, dagFolders, file, installation, Optional.empty());
    }
}
