package io.tidegate.executor.process;

import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchResult;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program with everything it starts with, and the reasons why it cannot be started. The limits are those of execve(2): 128 KiB for
 * one argument or variable with its ending NUL, and for all of them together a quarter of the stack's limit, of which the usual is 2 MiB.
 */
record Command(List<String> arguments, Map<String, String> environment, Path workingDirectory) {
    private static final int MOST_BYTES_OF_ONE = 128 * 1024 - 1;
    private static final long MOST_BYTES_OF_ALL = 1_900_000;
    private static final int BYTES_OF_A_POINTER = 8;
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Thrown inside a check; never leaves this class. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;
        private final transient LaunchResult.Rejected result;

        Refusal(FailureKind kind, String message) {
            super(message);
            this.result = new LaunchResult.Rejected(kind, message);
        }
    }

    /** Why it cannot be started; empty when nothing speaks against it. */
    Optional<LaunchResult.Rejected> refusal() {
        try {
            checkWorkingDirectory();
            long bytes = 0;
            for (int index = 0; index < arguments.size(); index++) {
                bytes += checkText(index == 0 ? "the program's name" : "argument " + index, arguments.get(index));
            }
            for (Map.Entry<String, String> variable : environment.entrySet()) {
                bytes += checkVariable(variable.getKey(), variable.getValue());
            }
            if (bytes > MOST_BYTES_OF_ALL) {
                throw new Refusal(
                        FailureKind.USER,
                        "arguments and environment are " + bytes + " bytes together, more than the " + MOST_BYTES_OF_ALL
                                + " a program can be given: hand long values over in a file");
            }
            checkProgram();
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(e.result);
        }
    }

    /**
     * The same with the program's absolute path in place of its name, so that no shell takes the name for one of its own commands.
     *
     * @throws IllegalStateException when there is no such program, which {@link #refusal} tells first
     */
    Command resolved() {
        List<String> resolved = new ArrayList<>(arguments);
        resolved.set(
                0,
                program()
                        .orElseThrow(
                                () -> new IllegalStateException("program '" + arguments.get(0) + "' was not found"))
                        .toString());
        return new Command(resolved, environment, workingDirectory);
    }

    /** Whether the program goes on in a cluster, which may hand its environment to processes of this very machine. */
    boolean isElsewhere() {
        return ProcessTable.CLUSTER.equals(environment.get(ProcessTable.DEPLOY_MODE_VARIABLE));
    }

    private void checkWorkingDirectory() throws Refusal {
        if (!Files.isDirectory(workingDirectory)) {
            throw new Refusal(FailureKind.PLATFORM, "the working directory " + workingDirectory + " does not exist");
        }
    }

    private static long checkVariable(String name, String value) throws Refusal {
        if (!VARIABLE_NAME.matcher(name).matches()) {
            throw new Refusal(
                    FailureKind.USER,
                    "environment variable '" + name.replace("\0", "\\0")
                            + "' has a name that shells do not pass on: use letters, digits and _");
        }
        return checkText("environment variable " + name, name + "=" + value);
    }

    private static long checkText(String what, String text) throws Refusal {
        if (text.indexOf('\0') >= 0) {
            throw new Refusal(FailureKind.USER, what + " contains a NUL character, which no program can be given");
        }
        Charset charset = charsetOfArguments();
        CharsetEncoder encoder = charset.newEncoder();
        if (!encoder.canEncode(text)) {
            throw new Refusal(
                    FailureKind.PLATFORM,
                    what + " holds characters that the server's character set " + charset
                            + " lacks: start the server with LC_ALL=C.UTF-8");
        }
        int bytes = text.getBytes(charset).length;
        if (bytes > MOST_BYTES_OF_ONE) {
            throw new Refusal(
                    FailureKind.USER,
                    what + " is " + bytes + " bytes long, more than the " + MOST_BYTES_OF_ONE
                            + " a program can be given: hand long values over in a file");
        }
        return bytes + 1L + BYTES_OF_A_POINTER;
    }

    /** What the Java runtime encodes arguments with: the default before Java 18, the locale's since. It puts ? for what that lacks. */
    static Charset charsetOfArguments() {
        return Runtime.version().feature() < 18
                ? Charset.defaultCharset()
                : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    private void checkProgram() throws Refusal {
        String name = arguments.get(0);
        if (name.isBlank()) {
            throw new Refusal(FailureKind.USER, "the program's name is empty");
        }
        if (program().isPresent()) {
            return;
        }
        if (name.indexOf('/') < 0) {
            throw new Refusal(
                    FailureKind.USER,
                    "program '" + name + "' was not found in PATH (" + searchPath()
                            + "): install it, or give its path from the DAG's folder, for example ./" + name);
        }
        Path file = workingDirectory.resolve(name);
        String reason = Files.isDirectory(file)
                ? "is a directory"
                : Files.exists(file) ? "is not executable: chmod +x it, or start its interpreter" : "does not exist";
        throw new Refusal(
                FailureKind.USER, "program '" + name + "' " + reason + " (looked at " + file.normalize() + ")");
    }

    private Optional<Path> program() {
        String name = arguments.get(0);
        if (name.indexOf('/') < 0) {
            return Tools.find(name, searchPath());
        }
        return Optional.of(workingDirectory.resolve(name)).filter(Tools::isProgram);
    }

    private String searchPath() {
        return environment.getOrDefault("PATH", "/usr/bin:/bin");
    }
}
