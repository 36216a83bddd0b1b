package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no file may do to the parser. */
final class ParserLimitsTest {
    private static final String HELLO = "dag: flights\nsteps:\n  hello: { kind: task, command: [echo] }\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "~\n", "null\n"})
    void anEmptyFileIsCalledEmpty(String source) {
        assertThat(TestFiles.problems(source))
                .containsExactly("1:1 the file is empty (a DAG file starts with dag: NAME)");
    }

    @Test
    void aFileThatIsNotThereIsAProblemOfTheFile() {
        Path file = folder.resolve("missing.dag.yaml");

        ParseResult result = DagParser.parse(file);

        assertThat(TestFiles.problems(result)).containsExactly("1:1 there is no such file (check the path)");
        assertThat(result.problems().get(0).file()).isEqualTo(file.toString());
    }

    @Test
    void aFolderIsAProblemOfTheFile() {
        assertThat(TestFiles.problems(DagParser.parse(folder)))
                .containsExactly("1:1 this is a folder, not a DAG file (name a file that ends in .dag.yaml)");
    }

    @Test
    void bytesThatAreNotUtf8AreTold() throws IOException {
        byte[] latin = "dag: flights\ntitle: Grüße\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(TestFiles.problems(DagParser.parse(write(latin))))
                .containsExactly("2:10 the file is not UTF-8: byte 0xFC (save it as UTF-8)");
    }

    @Test
    void aFileThatEndsWithinACharacterIsTold() throws IOException {
        byte[] whole = "dag: flights\ntitle: ü".getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);

        assertThat(TestFiles.problems(DagParser.parse(write(cut))))
                .containsExactly("2:8 the file is not UTF-8: byte 0xC3 (save it as UTF-8)");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        ParseResult result = DagParser.parse(write(("\ufeff" + HELLO).getBytes(StandardCharsets.UTF_8)));

        assertThat(result.problems()).isEmpty();
    }

    @Test
    void windowsLineEndsCountAsOne() {
        String source = "dag: flights\r\nsteps:\r\n  hello: { kind: task, command: [echo], tmeout: 1m }\r\n";

        assertThat(TestFiles.problems(source)).containsExactly("3:41 unknown field 'tmeout' (did you mean 'timeout'?)");
    }

    @Test
    void zeroCharactersAreTold() {
        assertThat(TestFiles.problems("dag: flights\ntitle: a\0b\n"))
                .containsExactly("2:9 the character U+0000 is not allowed (a definition is plain text: remove it)");
    }

    @Test
    void aFileMayBeLargerThanThreeMebibytes() {
        String source = HELLO + "# a comment that nobody reads\n".repeat(120_000);

        assertThat(source.length()).isGreaterThan(3 * 1024 * 1024);
        assertThat(DagParser.parse("large.dag.yaml", source).problems()).isEmpty();
    }

    @Test
    void aFileLargerThanTheLimitIsRefusedWithoutBeingRead() throws IOException {
        ParserLimits limits = new ParserLimits(1_000, 10, 10);
        String large = HELLO + "#".repeat(1_000);

        List<String> expected = List.of("1:1 the file is larger than 1000 bytes (split the DAG into several)");
        assertThat(TestFiles.problems(DagParser.parse("large.dag.yaml", large, limits)))
                .isEqualTo(expected);
        assertThat(TestFiles.problems(DagParser.parse(write(large.getBytes(StandardCharsets.UTF_8)), limits)))
                .isEqualTo(expected);
    }

    @Test
    void theLimitCountsBytes() {
        ParserLimits limits = new ParserLimits(HELLO.length() + 10, 10, 10);

        assertThat(DagParser.parse("a", HELLO + "#" + "u".repeat(9), limits).problems())
                .isEmpty();
        assertThat(DagParser.parse("a", HELLO + "#" + "ü".repeat(9), limits).problems())
                .hasSize(1);
    }

    @Test
    void tooManyStepsAreRefusedBeforeAnyIsRead() {
        String source = "dag: flights\nsteps:\n"
                + IntStream.range(0, 11)
                        .mapToObj(number -> "  step-" + number + ": {}\n")
                        .collect(Collectors.joining());

        assertThat(TestFiles.problems(DagParser.parse("many.dag.yaml", source, new ParserLimits(10_000, 10, 10))))
                .containsExactly(
                        "2:1 the DAG has 11 steps; at most 10 are allowed (definitions.most_steps) (split it into several DAGs)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{ a: ", "- "})
    void deepNestingEndsTheReading(String opening) {
        String source = "dag: flights\ntags:\n " + opening.repeat(20_000);

        List<String> problems = TestFiles.problems(source);

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).contains("nested more than 50 levels deep (a definition needs fewer than ten)");
    }

    @Test
    void anAliasBombIsRefusedWithoutBeingExpanded() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 10; level++) {
            String alias = ("*a" + (level - 1) + ", ").repeat(9);
            bomb.append("a%d: &a%d [%s]%n".formatted(level, level, alias.substring(0, alias.length() - 2)));
        }

        List<String> problems = TestFiles.problems(bomb.toString());

        assertThat(problems).contains("2:10 alias *a0 is not allowed (write the value out where it is used)");
        assertThat(problems).filteredOn(problem -> problem.contains("alias")).hasSize(81);
    }

    @Test
    void moreProblemsThanAnybodyReadsAreCounted() {
        String source = "dag: flights\ntags: [" + "[], ".repeat(50_000) + "]\n" + HELLO.substring(13);

        List<String> problems = TestFiles.problems(source);

        assertThat(problems).hasSize(1_001);
        assertThat(problems.get(1_000)).endsWith("49000 more problems are not shown (correct the ones above first)");
    }

    @Test
    void aFileThatTheDagNamesMustBeThere() throws IOException {
        Path file = write(
                "dag: flights\nsteps:\n  a: { kind: cleanse, rules: rules/a.yaml }\n".getBytes(StandardCharsets.UTF_8));

        assertThat(TestFiles.problems(DagParser.parse(file)))
                .containsExactly("3:30 there is no file rules/a.yaml (the path counts from the DAG's folder)");

        Files.createDirectories(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/a.yaml"), "rules: []\n");
        assertThat(DagParser.parse(file).problems()).isEmpty();
    }

    @Test
    void nothingIsThrownWhateverIsDamaged() {
        Random random = new Random(20010101);
        String whole = TestFiles.read(TestFiles.VALID.resolve("late-arrivals.dag.yaml"));
        String alphabet = ":-[]{}&*!|>'\"%@`#,? \n\t\0\u202eaZ09._ü😀";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder damaged = new StringBuilder(whole);
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.deleteCharAt(at);
                    case 1 -> damaged.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(200)));
                }
            }
            ParseResult result = DagParser.parse("damaged.dag.yaml", damaged.toString());
            assertThat(result.problems())
                    .allSatisfy(problem -> assertThat(problem.line()).isPositive());
        }
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> new ParserLimits(0, 1, 1)).hasMessage("limits must be positive");
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("test.dag.yaml"), bytes);
    }
}
