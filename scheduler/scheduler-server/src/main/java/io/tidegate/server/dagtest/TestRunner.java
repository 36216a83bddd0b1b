package io.tidegate.server.dagtest;

import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.dag.parser.TestFileParser;
import io.tidegate.dag.parser.TestParseResult;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.testfile.TestFile.TestCase;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.server.dagtest.check.OutcomeCheck;
import io.tidegate.server.dagtest.run.Outcome;
import io.tidegate.server.dagtest.run.Simulator;
import io.tidegate.server.launch.StepLaunchRequests;
import io.tidegate.server.token.AttemptTokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Plays the cases of test files. Safe for use by several threads. */
public final class TestRunner {
    private static final Path STEP_LIBRARY = Path.of("/tidegate/step-library.jar");

    private final Simulator simulator;
    private final ParserLimits limits;

    /** @param limits what the DAGs' files may ask for */
    public TestRunner(LogicalTimes times, ParserLimits limits) {
        this.limits = limits;
        this.simulator = new Simulator(
                times,
                secrets -> new StepLaunchRequests(
                        STEP_LIBRARY, Path.of(Simulator.HOME), AttemptTokens.unkept(), Map::of, secrets));
    }

    /**
     * Plays the cases of a file.
     *
     * @param wanted which cases, by name
     */
    public FileResult run(Path file, Predicate<String> wanted) {
        TestParseResult parsed = TestFileParser.parse(file, limits);
        if (parsed.tests().isEmpty()) {
            return new FileResult(file, "", List.of(), parsed.problems());
        }
        TestParseResult.Tests tests = parsed.tests().get();
        List<CaseResult> results = new ArrayList<>();
        for (TestCase one : tests.file().cases()) {
            if (wanted.test(one.name())) {
                play(tests, one).ifPresent(results::add);
            }
        }
        Problems problems = tests.places();
        return new FileResult(file, tests.graph().definition().id().value(), results, problems.inFileOrder());
    }

    private Optional<CaseResult> play(TestParseResult.Tests tests, TestCase one) {
        long begun = System.nanoTime();
        Optional<Outcome> outcome = simulator.play(tests.graph(), one, tests.places());
        return outcome.map(found -> new CaseResult(
                one.name(),
                one.position(),
                OutcomeCheck.check(one.expected(), found),
                found.took(),
                Duration.ofNanos(System.nanoTime() - begun)));
    }
}
