package io.tidegate.server.cli.command;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.dag.parser.problem.ProblemRenderer;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** DAG files for commands that can do nothing with one that has problems. */
final class SoundDags {
    private SoundDags() {}

    /**
     * The DAG of a file; what is wrong with it is shown as {@code tidegate validate} shows it.
     *
     * @throws CommandException when there is no such file, or something is wrong with it
     */
    static DagGraph require(Path file, ParserLimits limits, CommandLine line) {
        if (!Files.isRegularFile(file)) {
            throw new CommandException(ExitCodes.NOT_FOUND, "there is no file " + file);
        }
        ParseResult result = DagParser.parse(file, limits);
        if (result.graph().isPresent()) {
            return result.graph().get();
        }
        boolean coloured = line.getColorScheme().ansi().enabled();
        line.getErr()
                .println((coloured ? ProblemRenderer.coloured() : ProblemRenderer.plain()).render(result.problems()));
        throw new CommandException(ExitCodes.FAILED, file + " is not a sound DAG file");
    }
}
