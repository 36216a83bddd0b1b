package io.tidegate.server.upgrade;

import io.tidegate.server.home.FolderTree;
import io.tidegate.server.testing.Installed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Tidegate that a rolling upgrade starts from: the revision of this repository that {@code version-before.txt} names. It is built once, as
 * the repository had it, and kept with the user's other caches. Whatever goes wrong with that fails the test.
 */
final class VersionBefore {
    private static final long LONGEST_BUILD_MINUTES = 20;

    private VersionBefore() {}

    /** The folder with the jars of its server. */
    static Path libraries() throws Exception {
        String revision = revision();
        Path kept = Path.of(System.getProperty("user.home"), ".cache", "tidegate", "versions", revision);
        if (!Files.isDirectory(kept)) {
            Files.createDirectories(kept.getParent());
            Path sources = Files.createTempDirectory("tidegate-" + revision);
            build(revision, sources);
            Path copy = Files.createTempDirectory(kept.getParent(), ".new");
            copyJars(sources.resolve("scheduler/scheduler-server/target/tidegate/lib"), copy);
            Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
            FolderTree.delete(sources);
        }
        return kept;
    }

    static String revision() throws IOException {
        try (var text = VersionBefore.class.getResourceAsStream("/version-before.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Without the dashboard, which nobody looks at here. */
    private static void build(String revision, Path sources) throws Exception {
        Path archive = sources.resolve("sources.tar");
        run(Installed.ROOT, sources, "git", "archive", "--output", archive.toString(), revision);
        run(sources, sources, "tar", "-xf", archive.toString());
        run(
                sources,
                sources,
                "./mvnw",
                "-B",
                "-ntp",
                "-o",
                "-Pquick",
                "package",
                "-DskipTests",
                "-Dexec.skip",
                "-pl",
                ":scheduler-server",
                "-am");
    }

    private static void run(Path folder, Path logs, String... command) throws Exception {
        Path log = logs.resolve("build.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(LONGEST_BUILD_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " takes longer than " + LONGEST_BUILD_MINUTES + " minutes");
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("the version before cannot be built: " + List.of(command) + " in " + folder
                    + " ended with " + process.exitValue() + ":\n" + Files.readString(log));
        }
    }

    private static void copyJars(Path from, Path to) throws IOException {
        try (Stream<Path> jars = Files.list(from)) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, to.resolve(jar.getFileName()));
            }
        }
    }
}
