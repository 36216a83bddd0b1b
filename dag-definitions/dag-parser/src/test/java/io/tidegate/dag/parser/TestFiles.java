package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.parser.problem.ProblemRenderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files and short cuts of the tests. */
final class TestFiles {
    static final Path RESOURCES = Path.of("src/test/resources");
    static final Path BROKEN = RESOURCES.resolve("broken");
    static final Path VALID = RESOURCES.resolve("valid");

    private TestFiles() {}

    static List<Path> dagsIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".dag.yaml"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Files that must be read without problems: those of the tests and the examples of the project. */
    static List<Path> sound() {
        Path examples = Path.of("../examples");
        return Stream.concat(dagsIn(VALID).stream(), dagsIn(examples).stream()).toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Asserts that a file is refused with what stands in the text beside it, which {@code -Dtidegate.update=1} writes anew. */
    static void assertRefused(Path file, ParseResult result, String shown) {
        Path expected = file.resolveSibling(file.getFileName().toString().replace(".dag.yaml", ".txt"));
        if (System.getProperty("tidegate.update") != null) {
            try {
                Files.writeString(expected, shown);
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }
        assertThat(result.graph()).isEmpty();
        assertThat(shown).isEqualTo(read(expected));
    }

    /** The definition of a file that has no problems. */
    static DagDefinition definition(Path file) {
        return definition(DagParser.parse(file));
    }

    /** The definition of text that has no problems. */
    static DagDefinition definition(String source) {
        return definition(DagParser.parse("test.dag.yaml", source));
    }

    private static DagDefinition definition(ParseResult result) {
        return result.graph()
                .orElseThrow(() -> new AssertionError(ProblemRenderer.plain().render(result.problems())))
                .definition();
    }

    /** Everything wrong with text, one line each: {@code 3:7 message (suggestion)}. */
    static List<String> problems(ParseResult result) {
        return result.problems().stream()
                .map(problem -> problem.line() + ":" + problem.column() + " " + problem.message()
                        + problem.suggestion().map(text -> " (" + text + ")").orElse(""))
                .toList();
    }

    static List<String> problems(String source) {
        return problems(DagParser.parse("test.dag.yaml", source));
    }
}
