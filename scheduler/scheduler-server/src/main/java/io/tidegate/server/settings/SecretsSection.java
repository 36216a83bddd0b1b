package io.tidegate.server.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What DAGs may have the server read for them as secrets. Nothing, where this is left out.
 *
 * @param environment names of the server's environment variables; {@code WAREHOUSE_*} stands for all that begin so
 * @param files folders of the server's machine, by absolute path
 */
public record SecretsSection(Optional<List<String>> environment, Optional<List<String>> files) {
    public SecretsSection {
        environment.orElse(List.of()).forEach(name -> {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*\\*?")) {
                throw new SettingsException(
                        "secrets.environment takes names of variables, such as WAREHOUSE_PASSWORD or"
                                + " WAREHOUSE_*, not '" + name + "'");
            }
        });
        files.orElse(List.of()).forEach(SecretsSection::folder);
    }

    private static Path folder(String text) {
        try {
            Path folder = Path.of(text);
            if (folder.isAbsolute() && folder.getNameCount() > 0) {
                return folder;
            }
        } catch (InvalidPathException notOne) {
            throw new SettingsException("secrets.files takes folders, and '" + text + "' is none");
        }
        throw new SettingsException("secrets.files takes absolute paths of folders below the root, not '" + text + "'");
    }

    /** The names of variables. */
    public List<String> variables() {
        return environment.orElse(List.of());
    }

    /** The folders. */
    public List<Path> folders() {
        return files.orElse(List.of()).stream().map(SecretsSection::folder).toList();
    }
}
