package io.tidegate.server.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the server may read for the DAGs that ask for it. Everything else of its environment and its files is none of theirs.
 *
 * @param variables names of environment variables; one that ends with {@code *} stands for all that begin like it
 * @param folders folders whose files, and those of the folders in them, may be read
 */
public record SecretRules(List<String> variables, List<Path> folders) {
    /** Nothing may be read. */
    public static final SecretRules NOTHING = new SecretRules(List.of(), List.of());

    public SecretRules {
        variables = List.copyOf(variables);
        folders = List.copyOf(folders);
    }

    boolean allowsVariable(String name) {
        return variables.stream()
                .anyMatch(allowed -> allowed.endsWith("*")
                        ? name.startsWith(allowed.substring(0, allowed.length() - 1))
                        : name.equals(allowed));
    }

    /**
     * Whether the file lies in an allowed folder, wherever links lead.
     *
     * @throws IOException when there is no such file
     */
    boolean allowsFile(Path file) throws IOException {
        Path real = file.toRealPath();
        for (Path folder : folders) {
            if (Files.isDirectory(folder) && real.startsWith(folder.toRealPath())) {
                return true;
            }
        }
        return false;
    }
}
