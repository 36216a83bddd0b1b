package io.tidegate.server.testing;

import io.tidegate.server.settings.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The product as the build leaves it, run the way the launcher runs it. */
public final class Installed {
    public static final Path ROOT =
            Path.of(System.getProperty("user.dir")).resolve("../..").normalize().toAbsolutePath();
    public static final Installation INSTALLATION = new Installation(ROOT);

    private Installed() {}

    /** The command line of one Tidegate command. */
    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dtidegate.install=" + ROOT,
                "-cp",
                ROOT.resolve("scheduler/scheduler-server/target/tidegate/lib") + "/*",
                "io.tidegate.server.cli.Tidegate"));
        command.addAll(List.of(arguments));
        return command;
    }
}
