package io.tidegate.server.cli.command;

import picocli.CommandLine.Option;

/** Why somebody does what a command does; goes into the history. */
final class ReasonOption {
    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for those who look later.")
    private String text;

    /** Empty when nothing was said. */
    String text() {
        return text;
    }
}
