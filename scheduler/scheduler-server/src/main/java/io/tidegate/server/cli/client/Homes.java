package io.tidegate.server.cli.client;

import io.tidegate.server.home.ServerFile;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the home folder, and through it the server. */
public final class Homes {
    private static final String VARIABLE = "TIDEGATE_HOME";

    private Homes() {}

    /** The folder asked for, else the one of the environment, else {@code ~/.tidegate}. */
    public static Path home(Optional<Path> asked) {
        return asked.or(() -> Optional.ofNullable(System.getenv(VARIABLE))
                        .filter(text -> !text.isBlank())
                        .map(Path::of))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".tidegate"));
    }

    /** The address asked for, else that of the server which uses the home folder. */
    public static ApiClient client(Optional<String> address, Optional<Path> home) {
        if (address.isPresent()) {
            return new ApiClient(address.get());
        }
        Path folder = home(home);
        return ServerFile.read(folder)
                .map(file -> new ApiClient(file.address()))
                .orElseThrow(() -> new CommandException(
                        ExitCodes.UNREACHABLE,
                        "no Tidegate server runs on home folder " + folder
                                + "; start one with: tidegate up, or name one with --server"));
    }
}
