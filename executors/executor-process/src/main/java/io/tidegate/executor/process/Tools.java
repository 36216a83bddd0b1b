package io.tidegate.executor.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs that every launch needs, by absolute path, so that a step's own PATH has no say in them.
 */
record Tools(Path shell, Path setsid, Path dd, Path env) {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));
    /** A search path for those that the launcher calls by name. */
    static final String USUAL_FOLDERS = "/usr/bin:/bin:/usr/local/bin";

    /** @throws IllegalStateException when the machine lacks one of them */
    static Tools ofThisMachine() {
        return new Tools(
                require("sh", "a POSIX shell, for example apt-get install dash"),
                require("setsid", "apt-get install util-linux"),
                require("dd", "apt-get install coreutils"),
                require("env", "apt-get install coreutils"));
    }

    /** The first executable file of a name in a search path, as execvp(3) looks for it. */
    static Optional<Path> find(String program, String searchPath) {
        return SEPARATOR
                .splitAsStream(searchPath)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(program))
                .filter(Tools::isProgram)
                .findFirst();
    }

    static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static Path require(String program, String remedy) {
        return Stream.of(USUAL_FOLDERS, inheritedPath())
                .flatMap(path -> find(program, path).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "local processes need '" + program + "', which this machine lacks: " + remedy));
    }

    private static String inheritedPath() {
        return Optional.ofNullable(System.getenv("PATH")).orElse("");
    }
}
