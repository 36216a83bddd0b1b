package io.tidegate.executor.process;

import io.tidegate.executor.LaunchKey;
import java.util.Map;

/**
 * What is written to the launcher's shell to start one attempt. Every text in it is quoted, so that no shell reads it; the braces
 * around it make half a request none, since a shell runs nothing that it has not read to the end.
 */
final class LauncherRequest {
    // Shells drop what they know of ended children only when they are asked for their children.
    private static final String TIDY = "jobs > /dev/null\n";

    private LauncherRequest() {}

    /** @param number names the request in the answer */
    static byte[] start(long number, LaunchKey key, Command command) {
        StringBuilder text = new StringBuilder(TIDY).append("{\n( begin ").append(number);
        quote(text, key.value());
        quote(text, command.workingDirectory().toString());
        for (Map.Entry<String, String> variable : command.environment().entrySet()) {
            text.append("\ncommand export");
            quote(text, variable.getKey() + "=" + variable.getValue());
        }
        text.append('\n').append(command.isElsewhere() ? "run_known" : "run");
        command.resolved().forEach(argument -> quote(text, argument));
        return bytes(text.append(" ) &\n}\n").toString());
    }

    /** Lets the shell forget the children that have ended. */
    static byte[] tidy() {
        return bytes(TIDY);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(Command.charsetOfArguments());
    }

    /** In single quotes everything is as it stands but the quote itself. */
    private static void quote(StringBuilder text, String argument) {
        text.append(" '").append(argument.replace("'", "'\\''")).append('\'');
    }
}
