package io.tidegate.faults;

import io.tidegate.server.runtime.TidegateServer;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.Installation;
import io.tidegate.server.settings.ServerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The real server in a process of its own, the same as {@code tidegate up} starts but for its clock, which the soak moves. */
final class NodeProgram {
    private NodeProgram() {}

    /**
     * @param arguments home folder, JDBC address of the database, folder of DAGs, configuration file, file of the clock's offset
     */
    public static void main(String[] arguments) throws Exception {
        ServerSettings settings = new ServerSettings(
                Path.of(arguments[0]),
                Optional.of(arguments[1]),
                0,
                List.of(Path.of(arguments[2])),
                ConfigurationFile.read(Path.of(arguments[3])),
                Installation.current());
        try (TidegateServer server =
                TidegateServer.start(settings, System.out::println, new MovedClock(Path.of(arguments[4])))) {
            server.awaitEnd();
        }
    }
}
