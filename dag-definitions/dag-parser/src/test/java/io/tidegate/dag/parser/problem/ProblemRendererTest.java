package io.tidegate.dag.parser.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProblemRendererTest {
    @Test
    void theCaretStandsBelowTheCharacter() {
        assertThat(ProblemRenderer.plain().render(problem(9, "inputs: [featuers]")))
                .isEqualTo("""
                        a.dag.yaml:3:9: there is no dataset
                            inputs: [featuers]
                                    ^
                            did you mean 'features'?
                        """);
    }

    @Test
    void tabsAndWideCharactersBeforeTheColumnCountAsOne() {
        assertThat(ProblemRenderer.plain().render(problem(4, "\t😀 x: y"))).contains("    \t😀 x: y\n    \t  ^\n");
    }

    @Test
    void aLongLineIsCutAroundTheColumn() {
        String line = "a".repeat(1_000) + "B" + "c".repeat(1_000);

        List<String> lines =
                ProblemRenderer.plain().render(problem(1_001, line)).lines().toList();

        assertThat(lines.get(1)).isEqualTo("    …" + "a".repeat(80) + "B" + "c".repeat(79) + "…");
        assertThat(lines.get(2)).isEqualTo("    " + " ".repeat(81) + "^");
    }

    @Test
    void coloursAreThereOnlyWhenAskedFor() {
        Problem problem = problem(1, "x");

        assertThat(ProblemRenderer.coloured().render(problem)).contains("\u001b[31mthere is no dataset\u001b[0m");
        assertThat(ProblemRenderer.plain().render(problem)).doesNotContain("\u001b");
    }

    @Test
    void charactersThatSteerATerminalAreShownAsWhatTheyAre() {
        Problem problem = new Problem("a", 1, 1, "bad \u001b[2J \u202e", Optional.empty(), "x: \u001b[31m", List.of());

        assertThat(ProblemRenderer.plain().render(problem))
                .isEqualTo("a:1:1: bad \\u001B[2J \\u202E\n    x: \\u001B[31m\n    ^\n");
    }

    @Test
    void aProblemWithoutALineHasNoCaret() {
        assertThat(ProblemRenderer.plain()
                        .render(new Problem("a", 1, 1, "there is no such file", Optional.empty(), "", List.of())))
                .isEqualTo("a:1:1: there is no such file\n");
    }

    @Test
    void severalProblemsAreApart() {
        assertThat(ProblemRenderer.plain().render(List.of(problem(1, "x"), problem(1, "x"))))
                .contains("'features'?\n\na.dag.yaml:3:1");
    }

    private static Problem problem(int column, String line) {
        return new Problem(
                "a.dag.yaml",
                3,
                column,
                "there is no dataset",
                Optional.of("did you mean 'features'?"),
                line,
                List.of());
    }
}
