package io.tidegate.dag.parser.yaml;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problems;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Tells a syntax error of YAML in words that help with the usual causes. */
final class SyntaxProblems {
    private static final Pattern BARE_TEMPLATE = Pattern.compile("(^|[:,\\[-])\\s*\\{\\{");
    private static final Pattern BARE_COMPARISON = Pattern.compile("[:,{-]\\s*>=?\\s*-?[0-9.]");
    private static final Pattern BARE_REFERENCE = Pattern.compile("[a-z0-9]\\[-?[0-9]");

    private SyntaxProblems() {}

    static void report(MarkedYamlEngineException exception, Problems problems) {
        Position position = YamlReader.position(exception.getProblemMark());
        String problem =
                exception.getProblem().lines().findFirst().orElse("").strip().replaceAll("\\([0-9]+\\)$", "");
        String context = Optional.ofNullable(exception.getContext()).orElse("");
        String message = "this is not YAML: " + (context.isEmpty() ? "" : context + ": ") + problem;
        Optional<String> suggestion =
                suggestion(problem, causeLine(exception, problems)).or(() -> openBracket(context, exception));
        problems.add(position, message, suggestion);
    }

    private static Optional<String> openBracket(String context, MarkedYamlEngineException exception) {
        if (!context.startsWith("while parsing a flow")) {
            return Optional.empty();
        }
        Position bracket = YamlReader.position(exception.getContextMark());
        return Optional.of("the bracket that opens on line " + bracket.line() + " is not closed");
    }

    /** The line of the problem and the one its context starts on: the cause is in one of them. */
    private static String causeLine(MarkedYamlEngineException exception, Problems problems) {
        Position problem = YamlReader.position(exception.getProblemMark());
        Position context = YamlReader.position(exception.getContextMark().or(exception::getProblemMark));
        String line = problems.source().line(problem.line());
        return context.line() == problem.line() ? line : problems.source().line(context.line()) + "\n" + line;
    }

    private static Optional<String> suggestion(String problem, String line) {
        if (problem.contains("TAB")) {
            return Optional.of("indent with spaces");
        }
        if (BARE_TEMPLATE.matcher(line).find()) {
            return Optional.of("put text with {{ }} in quotes");
        }
        if (BARE_REFERENCE.matcher(line).find()) {
            return Optional.of("put a reference with [ ] in quotes, for example \"features[-7..0]\"");
        }
        if (BARE_COMPARISON.matcher(line).find()) {
            return Optional.of("put a comparison in quotes, for example \"> 0.52\"");
        }
        if (problem.contains("cannot start any token")) {
            return Optional.of("put the value in quotes");
        }
        if (problem.contains("mapping values are not allowed")) {
            return Optional.of("put text with ': ' in quotes, or check the indentation");
        }
        return Optional.empty();
    }
}
