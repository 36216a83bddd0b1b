package io.tidegate.dag.parser;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.problem.SourceText;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.testfile.TestChecks;
import io.tidegate.dag.parser.testfile.TestFile;
import io.tidegate.dag.parser.testfile.TestLanguage;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.parser.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads test files together with the DAGs that they test. Whatever the files hold, the answer is tests or everything that is wrong; nothing is
 * thrown. Has no state: safe for use by several threads.
 */
public final class TestFileParser {
    /** How a test file's name ends. */
    public static final String SUFFIX = ".test.yaml";

    private static final String DAG_SUFFIX = ".dag.yaml";

    private TestFileParser() {}

    /** Reads a test file and its DAG with {@link ParserLimits#DEFAULT}. */
    public static TestParseResult parse(Path file) {
        return parse(file, ParserLimits.DEFAULT);
    }

    /** Reads a test file and its DAG within limits. */
    public static TestParseResult parse(Path file, ParserLimits limits) {
        FileText.Result read = FileText.read(file, limits);
        if (read.text().isEmpty()) {
            return TestParseResult.refused(read.problems().inFileOrder());
        }
        SourceText source = new SourceText(read.text().get());
        Problems problems = new Problems(file.toString(), source);
        Reading reading = new Reading(problems);
        Optional<TestFile> tests = read(read.text().get(), limits, problems, reading);
        if (tests.isEmpty()) {
            return TestParseResult.refused(problems.inFileOrder());
        }
        Path dagFile = dagFile(file, tests.get());
        if (!Files.isRegularFile(dagFile)) {
            problems.add(
                    tests.get().dag().map(named -> named.position()).orElse(Position.TOP),
                    "there is no DAG file " + dagFile.getFileName() + " beside this file",
                    Optional.of("name it: dag: NAME" + DAG_SUFFIX));
            return TestParseResult.refused(problems.inFileOrder());
        }
        return checked(tests.get(), DagParser.parse(dagFile, limits), dagFile, reading, problems);
    }

    private static Optional<TestFile> read(String text, ParserLimits limits, Problems problems, Reading reading) {
        Optional<YamlNode> document = YamlReader.read(text, problems, limits.deepestNesting());
        if (document.isEmpty() && problems.isEmpty()) {
            problems.add(
                    Position.TOP, "the file is empty", Optional.of("a test file has cases: { NAME: { expect: … } }"));
        }
        return document.flatMap(found -> TestLanguage.read(found, reading));
    }

    private static TestParseResult checked(
            TestFile tests, ParseResult dag, Path dagFile, Reading reading, Problems problems) {
        dag.graph().ifPresent(graph -> TestChecks.check(tests, graph, reading));
        if (problems.isEmpty() && dag.graph().isPresent()) {
            return new TestParseResult(
                    Optional.of(new TestParseResult.Tests(
                            tests, dagFile, dag.graph().get(), problems)),
                    List.of());
        }
        List<Problem> all = new ArrayList<>(problems.inFileOrder());
        all.addAll(dag.problems());
        return TestParseResult.refused(all);
    }

    /** The DAG's file: the one that is named, or the one of the same name. */
    private static Path dagFile(Path file, TestFile tests) {
        String name = file.getFileName().toString();
        String usual = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) + DAG_SUFFIX : name;
        return file.resolveSibling(tests.dag().map(named -> named.value()).orElse(usual))
                .normalize();
    }
}
