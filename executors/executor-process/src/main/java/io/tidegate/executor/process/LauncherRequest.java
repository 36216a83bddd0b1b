package io.tidegate.executor.process;

import io.tidegate.executor.LaunchKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is written to the launcher's shell to start one attempt. Every text in it is quoted, so that no shell reads it; the braces
 * around it make half a request none, since a shell runs nothing that it has not read to the end.
 */
final class LauncherRequest {
    // Shells drop what they know of ended children only when they are asked for their children.
    private static final String TIDY = "jobs > /dev/null\n";
    // A shell keeps these for itself, and would not go on when it is told to set them.
    private static final Set<String> KEPT_BY_SHELLS =
            Set.of("BASHOPTS", "BASH_VERSINFO", "EUID", "OPTIND", "PPID", "SHELLOPTS", "UID");
    private static final String WRITE_SESSION = "printf '%s\\n' \"$$\" > \"$0\"; exec \"$@\"";

    private final StringBuilder text = new StringBuilder();

    private LauncherRequest() {}

    /**
     * @param number names the request in the answer
     * @param command with its program's absolute path
     */
    static byte[] start(long number, LaunchKey key, AttemptFolder folder, Command command, Tools tools) {
        LauncherRequest request = new LauncherRequest();
        request.text.append("{\n( begin ").append(number);
        request.quote(key.value()).quote(command.workingDirectory().toString());
        request.text.append('\n');
        request.program(folder, command, tools);
        request.text.append(" < /dev/null >&5 2>&1 3>&- 5>&-\nfinish \"$?\" ) &\n}\n");
        // After the start, which somebody waits for.
        return bytes(request.text.append(TIDY));
    }

    /** Lets the shell forget the children that have ended. */
    static byte[] tidy() {
        return bytes(TIDY);
    }

    private void program(AttemptFolder folder, Command command, Tools tools) {
        Map<Boolean, List<Map.Entry<String, String>>> variables = command.environment().entrySet().stream()
                .collect(Collectors.partitioningBy(variable -> KEPT_BY_SHELLS.contains(variable.getKey())));
        variables.get(false).forEach(variable -> {
            text.append(variable.getKey()).append('=');
            quoteOnly(variable.getValue());
            text.append(' ');
        });
        quoteOnly(tools.setsid().get(0));
        tools.setsid().stream().skip(1).forEach(this::quote);
        if (command.isElsewhere()) {
            quote(tools.shell().toString()).quote("-c").quote(WRITE_SESSION);
            quote(folder.session().toString());
        }
        if (!variables.get(true).isEmpty()) {
            quote(tools.env().toString());
            variables.get(true).forEach(variable -> quote(variable.getKey() + "=" + variable.getValue()));
        }
        command.arguments().forEach(this::quote);
    }

    private static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(Command.charsetOfArguments());
    }

    private LauncherRequest quote(String argument) {
        text.append(' ');
        return quoteOnly(argument);
    }

    /** In single quotes everything is as it stands but the quote itself. */
    private LauncherRequest quoteOnly(String argument) {
        text.append('\'').append(argument.replace("'", "'\\''")).append('\'');
        return this;
    }
}
