package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.DagRecursion;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.LibraryParser;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.problem.ProblemRenderer;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.definitions.DagFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks DAG files without a server. */
@Command(
        name = "validate",
        description =
                "Check DAG files and libraries, or all *.dag.yaml and *.library.yaml below folders, and show everything that is wrong.",
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "DAG files, libraries or folders.")
    private List<Path> paths;

    @Option(names = "--json", description = "Print the result as one JSON document.")
    private boolean json;

    @Mixin
    private LimitsOption limits;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        List<Path> missing = paths.stream().filter(path -> !Files.exists(path)).toList();
        if (!missing.isEmpty()) {
            command.commandLine().getErr().println("there is no file or folder " + missing.get(0));
            return ExitCodes.NOT_FOUND;
        }
        List<Path> files = Stream.concat(
                        DagFiles.below(paths, DagFiles.SUFFIX).stream(),
                        DagFiles.below(paths, LibraryParser.SUFFIX).stream())
                .distinct()
                .sorted()
                .toList();
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        int wrong = 0;
        ParserLimits bounds = limits.limits();
        Map<DagId, Set<DagId>> runs = new HashMap<>();
        for (Path file : files) {
            Checked result = Checked.of(file, bounds, runs);
            wrong += result.problems().isEmpty() ? 0 : 1;
            if (json) {
                results.add(asJson(file, result));
            } else {
                show(file, result);
            }
        }
        if (json) {
            command.commandLine().getOut().println(results.toPrettyString());
        } else if (files.isEmpty()) {
            command.commandLine()
                    .getErr()
                    .println("no file here ends in " + DagFiles.SUFFIX + " or " + LibraryParser.SUFFIX);
            return ExitCodes.NOT_FOUND;
        }
        return wrong > 0 ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    /**
     * A file that was checked.
     *
     * @param about what a sound file holds, in brackets
     */
    private record Checked(List<Problem> problems, String about) {
        /** @param runs DAGs that the DAGs of files which were looked at before run */
        static Checked of(Path file, ParserLimits limits, Map<DagId, Set<DagId>> runs) {
            if (file.toString().endsWith(LibraryParser.SUFFIX)) {
                return new Checked(LibraryParser.check(file), "(a library)");
            }
            ParseResult result = DagParser.parse(file, limits, dag -> runs.getOrDefault(dag, Set.of()));
            result.graph()
                    .map(DagGraph::definition)
                    .ifPresent(definition -> runs.put(definition.id(), DagRecursion.runBy(definition)));
            String about = result.graph()
                    .map(DagGraph::definition)
                    .map(definition ->
                            "(" + definition.id() + ", " + definition.steps().size() + " steps)")
                    .orElse("");
            return new Checked(result.problems(), about);
        }
    }

    private void show(Path file, Checked result) {
        boolean coloured = command.commandLine().getColorScheme().ansi().enabled();
        if (result.problems().isEmpty()) {
            command.commandLine()
                    .getOut()
                    .println(command.commandLine()
                            .getColorScheme()
                            .ansi()
                            .string("@|green valid|@  " + file + "  " + result.about()));
        }
        ProblemRenderer renderer = coloured ? ProblemRenderer.coloured() : ProblemRenderer.plain();
        for (Problem problem : result.problems()) {
            command.commandLine().getErr().println(renderer.render(problem));
        }
    }

    private static ObjectNode asJson(Path file, Checked result) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("file", file.toString())
                .put("valid", result.problems().isEmpty());
        ArrayNode problems = node.putArray("problems");
        for (Problem problem : result.problems()) {
            ObjectNode entry = problems.addObject()
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("message", problem.message());
            if (!problem.file().equals(file.toString())) {
                entry.put("file", problem.file());
            }
            if (!problem.uses().isEmpty()) {
                ArrayNode uses = entry.putArray("used_at");
                problem.uses().forEach(use -> uses.add(use.toString()));
            }
            problem.suggestion().ifPresent(suggestion -> entry.put("suggestion", suggestion));
        }
        return node;
    }
}
