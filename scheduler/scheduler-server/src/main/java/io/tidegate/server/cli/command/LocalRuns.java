package io.tidegate.server.cli.command;

import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.parser.TestFileParser;
import io.tidegate.dag.parser.TestParseResult;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.problem.ProblemRenderer;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.problem.SourceText;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.testfile.Expected;
import io.tidegate.dag.parser.testfile.Given;
import io.tidegate.dag.parser.testfile.Sample;
import io.tidegate.scheduler.clock.ScheduleTimes;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.text.Words;
import io.tidegate.server.dagtest.CaseResult;
import io.tidegate.server.dagtest.FileResult;
import io.tidegate.server.dagtest.TestFiles;
import io.tidegate.server.dagtest.local.LocalRunner;
import io.tidegate.server.dagtest.report.JsonReport;
import io.tidegate.server.dagtest.report.TextReport;
import io.tidegate.server.home.FolderTree;
import io.tidegate.server.settings.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs a DAG without a server: the samples of its test file, or, where there is none, once. */
final class LocalRuns {
    private final ServerOptions options;
    private final LocalOptions local;

    LocalRuns(ServerOptions options, LocalOptions local) {
        this.options = options;
        this.local = local;
    }

    /**
     * Runs what there is to run.
     *
     * @param file the DAG's file, or its test file
     * @param given of a run that is no sample
     * @return the exit code
     */
    int run(Path file, Given given) throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new CommandException(
                    ExitCodes.NOT_FOUND, "there is no file " + file + "; with --local, name the DAG's file");
        }
        List<Path> tests = TestFiles.below(List.of(file));
        boolean plain = tests.isEmpty() || !given.equals(Given.NOTHING);
        if (plain && local.sample().isEmpty()) {
            return once(file, given);
        }
        if (tests.isEmpty()) {
            throw new CommandException(ExitCodes.NOT_FOUND, "there is no test file beside " + file);
        }
        return samples(tests.get(0));
    }

    private int samples(Path file) throws IOException, InterruptedException {
        TestParseResult parsed = TestFileParser.parse(file, local.limits());
        if (parsed.tests().isEmpty()) {
            return refuse(parsed.problems());
        }
        TestParseResult.Tests tests = parsed.tests().get();
        List<Sample> wanted = tests.file().samples().stream()
                .filter(sample -> local.sample().map(sample.name()::contains).orElse(true))
                .toList();
        if (wanted.isEmpty()) {
            throw new CommandException(
                    ExitCodes.NOT_FOUND,
                    local.sample()
                            .map(text -> "no sample's name in " + file + " contains '" + text + "'")
                            .orElse(file + " has no samples; to run the DAG once, name --interval or a --param"));
        }
        LocalRunner.Subject subject = new LocalRunner.Subject(
                tests.dagFile().toAbsolutePath().normalize(),
                tests.graph(),
                file.toAbsolutePath().normalize().getParent(),
                tests.places());
        return tell(file, subject, wanted);
    }

    private int once(Path file, Given given) throws IOException, InterruptedException {
        ParseResult parsed = DagParser.parse(file, local.limits());
        if (parsed.graph().isEmpty()) {
            return refuse(parsed.problems());
        }
        Path absolute = file.toAbsolutePath().normalize();
        LocalRunner.Subject subject = new LocalRunner.Subject(
                absolute,
                parsed.graph().get(),
                absolute.getParent(),
                new Problems(file.toString(), new SourceText("")));
        Sample sample = new Sample("runs", Position.TOP, given, Map.of(), List.of(), Expected.NOTHING, Map.of());
        return tell(file, subject, List.of(sample));
    }

    private int tell(Path file, LocalRunner.Subject subject, List<Sample> samples)
            throws IOException, InterruptedException {
        List<CaseResult> results = new ArrayList<>();
        for (Sample sample : samples) {
            run(subject, sample).ifPresent(results::add);
        }
        FileResult result = new FileResult(
                file,
                subject.graph().definition().id().value(),
                results,
                subject.problems().inFileOrder());
        if (options.json()) {
            options.print(JsonReport.of(List.of(result)));
        } else {
            options.out().print(new TextReport(options.ansi().enabled()).file(result));
        }
        options.out().flush();
        return result.passed() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Optional<CaseResult> run(LocalRunner.Subject subject, Sample sample)
            throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("tidegate-local-");
        boolean keep = local.keep();
        try {
            say(sample.name() + "  @|faint " + home + "|@");
            LocalRunner runner = new LocalRunner(Installation.current(), new ScheduleTimes(), InstantSource.system());
            Optional<CaseResult> result = runner.run(subject, sample, home, this::tell);
            keep |= result.isPresent() && !result.get().passed();
            return result;
        } catch (IOException | RuntimeException problem) {
            keep = true;
            throw problem;
        } finally {
            if (keep) {
                options.err().println("kept in " + home + ": the data in data/, the log of each attempt in attempts/");
                options.err().flush();
            } else {
                FolderTree.delete(home);
            }
        }
    }

    private void tell(StepRun step) {
        boolean worthTelling =
                step.state().isTerminal() || step.state() == StepState.RUNNING || step.state() == StepState.RETRYING;
        if (worthTelling) {
            say(String.format("  %-16s ", step.step())
                    + Words.state(step.state().name().toLowerCase(Locale.ROOT)) + "  " + Words.clean(step.reason()));
        }
    }

    private void say(String markup) {
        if (!options.json()) {
            options.say(markup);
            options.out().flush();
        }
    }

    private int refuse(List<Problem> problems) {
        ProblemRenderer renderer = options.ansi().enabled() ? ProblemRenderer.coloured() : ProblemRenderer.plain();
        options.err().print(renderer.render(problems));
        options.err().flush();
        return ExitCodes.FAILED;
    }

    /** What a run is given on the command line. */
    static Given given(Optional<String> interval, Map<String, String> parameters) {
        Map<String, Located<String>> params = new LinkedHashMap<>();
        parameters.forEach((name, value) -> params.put(name, new Located<>(value, Position.TOP)));
        return new Given(
                interval.map(text -> new Located<>(text, Position.TOP)),
                params,
                Given.Secrets.AS_DECLARED,
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty());
    }
}
