package io.tidegate.server.cli.command;

import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.client.Homes;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.Installation;
import io.tidegate.server.settings.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What commands that start a server understand. */
final class ServeOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder for the data (default: $TIDEGATE_HOME or ~/.tidegate).")
    private Optional<Path> home = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port on 127.0.0.1 (default: ${DEFAULT-VALUE}); the next free one when it is taken.")
    private int port;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "JDBC address of a PostgreSQL server, instead of the embedded one.")
    private Optional<String> databaseUrl = Optional.empty();

    @Option(
            names = "--dags",
            paramLabel = "DIR",
            description = "Folder with *.dag.yaml files; may be given several times.")
    private List<Path> dags = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file: alert channels, OpenLineage, execution.")
    private Optional<Path> configuration = Optional.empty();

    /**
     * @param more DAG folders beside those asked for
     */
    ServerSettings settings(List<Path> more) {
        dags.stream().filter(folder -> !Files.exists(folder)).findFirst().ifPresent(folder -> {
            throw new CommandException(ExitCodes.USAGE, "--dags " + folder + ": there is no such folder");
        });
        List<Path> folders = new ArrayList<>(dags);
        folders.addAll(more);
        return new ServerSettings(
                Homes.home(home),
                databaseUrl,
                port,
                folders.stream()
                        .map(folder -> folder.toAbsolutePath().normalize())
                        .distinct()
                        .toList(),
                configuration.map(ConfigurationFile::read).orElse(ConfigurationFile.EMPTY),
                Installation.current());
    }

    boolean namesNoDags() {
        return dags.isEmpty();
    }
}
