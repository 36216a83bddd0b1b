package io.tidegate.executor.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs that every launch needs, by absolute path, so that a step's own PATH has no say in them.
 *
 * @param setsid the program that starts another one in a session of its own, with what comes before that one's name
 */
record Tools(Path shell, List<String> setsid, Path dd, Path env) {
    private static final System.Logger LOG = System.getLogger(Tools.class.getName());
    private static final Duration TIME_TO_TRY = Duration.ofSeconds(5);
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));
    /** A search path for those that the launcher calls by name. */
    static final String USUAL_FOLDERS = "/usr/bin:/bin:/usr/local/bin";

    /** @throws IllegalStateException when the machine lacks one of them */
    static Tools ofThisMachine() {
        Path shell = require("sh", "a POSIX shell, for example apt-get install dash");
        return new Tools(
                shell,
                busyboxSetsid(shell)
                        .orElseGet(() -> List.of(
                                require("setsid", "apt-get install util-linux").toString())),
                require("dd", "apt-get install coreutils"),
                require("env", "apt-get install coreutils"));
    }

    /**
     * Busybox mostly comes linked statically and asks for no locale, so that it starts in half the time that the usual setsid takes with its
     * libraries and the step's locale. Empty where there is none, or one without setsid.
     */
    private static Optional<List<String>> busyboxSetsid(Path shell) {
        return find("busybox", USUAL_FOLDERS)
                .map(busybox -> List.of(busybox.toString(), "setsid"))
                .filter(setsid -> starts(setsid, shell));
    }

    private static boolean starts(List<String> setsid, Path shell) {
        List<String> line = Stream.concat(setsid.stream(), Stream.of(shell.toString(), "-c", "exit 3"))
                .toList();
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(TIME_TO_TRY.toMillis(), TimeUnit.MILLISECONDS);
            return ended && process.exitValue() == 3;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} does not start: {1}", line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
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
        // Asked of many places where there is none, which nio tells by an exception.
        File candidate = file.toFile();
        return candidate.isFile() && candidate.canExecute();
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
