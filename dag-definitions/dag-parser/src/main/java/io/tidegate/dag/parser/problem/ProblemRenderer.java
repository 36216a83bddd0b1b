package io.tidegate.dag.parser.problem;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows problems to people:
 *
 * <pre>
 * late.dag.yaml:12:14: there is no dataset 'featuers'
 *     inputs: [featuers]
 *              ^
 *     did you mean 'features'?
 * </pre>
 *
 * Immutable.
 */
public final class ProblemRenderer {
    private static final String RED = "31";
    private static final String CYAN = "36";
    private static final String BOLD = "1";
    private static final int WIDEST = 160;
    private static final String INDENT = "    ";

    private final boolean coloured;

    private ProblemRenderer(boolean coloured) {
        this.coloured = coloured;
    }

    /** Text only, for files and pipes. */
    public static ProblemRenderer plain() {
        return new ProblemRenderer(false);
    }

    /** With ANSI colours, for terminals. */
    public static ProblemRenderer coloured() {
        return new ProblemRenderer(true);
    }

    /** The problems, one below the other, with an empty line between them. */
    public String render(List<Problem> problems) {
        return problems.stream().map(this::render).collect(Collectors.joining("\n"));
    }

    /** One problem; each line ends with a line feed. */
    public String render(Problem problem) {
        StringBuilder text = new StringBuilder();
        text.append(paint(BOLD, Excerpt.visible(problem.file()) + ":" + problem.line() + ":" + problem.column() + ":"))
                .append(' ')
                .append(paint(RED, Excerpt.visible(problem.message())))
                .append('\n');
        if (!problem.sourceLine().isBlank()) {
            appendLine(text, problem);
        }
        problem.suggestion()
                .ifPresent(suggestion -> text.append(INDENT)
                        .append(paint(CYAN, Excerpt.visible(suggestion)))
                        .append('\n'));
        for (Problem.Place use : problem.uses()) {
            text.append(INDENT)
                    .append("used at ")
                    .append(Excerpt.visible(use.toString()))
                    .append('\n');
        }
        return text.toString();
    }

    /** A long line is cut to the part around the column. */
    private void appendLine(StringBuilder text, Problem problem) {
        int[] characters = problem.sourceLine().codePoints().toArray();
        int column = Math.min(problem.column() - 1, characters.length);
        int from = column < WIDEST ? 0 : column - WIDEST / 2;
        int until = Math.min(characters.length, from + WIDEST);
        String before = shown(characters, from, column);
        String after = shown(characters, column, until);
        String ellipsis = from > 0 ? "…" : "";
        text.append(INDENT).append(ellipsis).append(before).append(after);
        text.append(until < characters.length ? "…\n" : "\n");
        // Tabs are repeated, so that the caret stands below its character whatever their width.
        String padding = (ellipsis + before).replaceAll("[^\t]", " ");
        text.append(INDENT).append(padding).append(paint(RED, "^")).append('\n');
    }

    private static String shown(int[] characters, int from, int until) {
        return Excerpt.visible(new String(characters, from, until - from));
    }

    private String paint(String colour, String text) {
        return coloured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
