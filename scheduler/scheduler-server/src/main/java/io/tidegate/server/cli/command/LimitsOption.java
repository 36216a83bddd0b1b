package io.tidegate.server.cli.command;

import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.DefinitionsSection;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What DAG files may ask for, as the server that will take them in is configured. */
final class LimitsOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The server's configuration file: its limits for DAG files hold for the files that are read here.")
    private Optional<Path> configuration = Optional.empty();

    /** @throws io.tidegate.server.settings.SettingsException when the file cannot be read */
    ParserLimits limits() {
        return configuration
                .map(ConfigurationFile::read)
                .flatMap(ConfigurationFile::definitions)
                .map(DefinitionsSection::limits)
                .orElse(ParserLimits.DEFAULT);
    }

    boolean isGiven() {
        return configuration.isPresent();
    }
}
