package io.tidegate.server.cli.command;

import io.tidegate.scheduler.clock.ScheduleTimes;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.dagtest.FileResult;
import io.tidegate.server.dagtest.FolderWatch;
import io.tidegate.server.dagtest.TestFiles;
import io.tidegate.server.dagtest.TestRunner;
import io.tidegate.server.dagtest.report.JUnitReport;
import io.tidegate.server.dagtest.report.JsonReport;
import io.tidegate.server.dagtest.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays test files without a server. */
@Command(
        name = "test",
        description = {
            "Test DAGs without a server: play the cases of *.test.yaml files in virtual time, and show what is not as expected.",
            "How to write them: dag-definitions/TESTING.md."
        },
        mixinStandardHelpOptions = true)
public final class TestCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Test files, DAG files, or folders.")
    private List<Path> paths;

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only cases whose name contains the text.")
    private Optional<String> filter = Optional.empty();

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the results as JUnit XML.")
    private Optional<Path> junit = Optional.empty();

    @Option(names = "--json", description = "Print the results as one JSON document.")
    private boolean json;

    @Option(names = "--watch", description = "Test again whenever a file changes, until Ctrl-C.")
    private boolean watch;

    @Mixin
    private LimitsOption limits;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        paths.stream().filter(path -> !Files.exists(path)).findFirst().ifPresent(path -> {
            throw new CommandException(ExitCodes.NOT_FOUND, "there is no file or folder " + path);
        });
        if (!watch) {
            return test();
        }
        try (FolderWatch folders = new FolderWatch(paths)) {
            do {
                test();
                say("watching for changes; Ctrl-C ends it");
            } while (folders.await());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return ExitCodes.DONE;
    }

    private int test() throws IOException {
        long begun = System.nanoTime();
        TestRunner runner = new TestRunner(new ScheduleTimes(), limits.limits());
        TextReport text =
                new TextReport(command.commandLine().getColorScheme().ansi().enabled());
        List<FileResult> results = new ArrayList<>();
        for (Path file : TestFiles.below(paths)) {
            FileResult result = runner.run(file, name -> filter.isEmpty() || name.contains(filter.get()));
            results.add(result);
            if (!json && !isSilent(result)) {
                out().print(text.file(result));
            }
        }
        if (junit.isPresent()) {
            JUnitReport.write(results, junit.get());
        }
        if (json) {
            out().println(JsonReport.of(results).toPrettyString());
        } else {
            out().println(text.summary(results, Duration.ofNanos(System.nanoTime() - begun)));
        }
        out().flush();
        return exitCode(results);
    }

    /** A file of which the filter left nothing is not worth a line. */
    private boolean isSilent(FileResult result) {
        return filter.isPresent()
                && result.cases().isEmpty()
                && result.problems().isEmpty();
    }

    /** Tests that were not there are no success: a slip in a path or a filter must not look like one. */
    private int exitCode(List<FileResult> results) {
        if (results.isEmpty()) {
            say("no file here ends in .test.yaml");
            return ExitCodes.NOT_FOUND;
        }
        if (!results.stream().allMatch(FileResult::passed)) {
            return ExitCodes.FAILED;
        }
        if (results.stream().allMatch(result -> result.cases().isEmpty())) {
            say(filter.map(text -> "no case's name contains '" + text + "'").orElse("the files have no cases"));
            return ExitCodes.NOT_FOUND;
        }
        return ExitCodes.DONE;
    }

    private void say(String line) {
        command.commandLine().getErr().println(line);
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
