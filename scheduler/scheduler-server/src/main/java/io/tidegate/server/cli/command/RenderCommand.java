package io.tidegate.server.cli.command;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.parser.CanonicalForm;
import io.tidegate.dag.parser.DagWriter;
import io.tidegate.server.cli.client.ExitCodes;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a DAG file means, without a server. */
@Command(
        name = "render",
        description =
                "Print a DAG in its long form: templates expanded, every default written out. The output is a DAG file.",
        mixinStandardHelpOptions = true,
        footer = {"", "  tidegate render dags/flights.dag.yaml"})
public final class RenderCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A DAG file.")
    private Path file;

    @Option(
            names = "--json",
            description = "Print the canonical form, one line of JSON: the same for all files that mean the same.")
    private boolean json;

    @Mixin
    private LimitsOption limits;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        DagDefinition definition =
                SoundDags.require(file, limits.limits(), command.commandLine()).definition();
        if (json) {
            command.commandLine().getOut().println(CanonicalForm.of(definition));
        } else {
            command.commandLine().getOut().print(DagWriter.write(definition));
        }
        command.commandLine().getOut().flush();
        return ExitCodes.DONE;
    }
}
