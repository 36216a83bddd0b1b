package io.tidegate.condition;

import dev.cel.common.CelIssue;
import io.tidegate.dag.graph.NearestName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What CEL's compiler says of a text, in plain words. */
final class CompileProblems {
    private static final Pattern UNKNOWN_NAME = Pattern.compile("undeclared reference to '([^']+)'.*");
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '([^']+)' applied to '(?:(.*)\\.)?\\((.*?)\\)' \\(cand.*");
    private static final Pattern UNEXPECTED =
            Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting .*", Pattern.DOTALL);
    private static final Pattern NO_ALTERNATIVE =
            Pattern.compile("no viable alternative at input '(.*)'", Pattern.DOTALL);
    private static final Pattern ABSENT = Pattern.compile("missing '?(.+?)'? at '.*'", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("For input string: \"(.*?)\".*", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*");
    private static final Map<String, String> OTHER_LANGUAGES = Map.of(
            "and", "write && for 'and'",
            "or", "write || for 'or'",
            "not", "write ! for 'not'",
            "AND", "write && for 'and'",
            "OR", "write || for 'or'",
            "NOT", "write ! for 'not'",
            "True", "write true",
            "False", "write false",
            "None", "write null",
            "len", "write size(...)");
    private static final Set<String> FUNCTIONS = Set.of(
            "size",
            "matches",
            "contains",
            "startsWith",
            "endsWith",
            "has",
            "all",
            "exists",
            "exists_one",
            "map",
            "filter",
            "int",
            "double",
            "string",
            "bool",
            "timestamp",
            "duration",
            "type");

    private final List<String> lines;
    private final Set<String> variables;

    CompileProblems(String text, Set<String> variables) {
        this.lines = text.lines().toList();
        this.variables = variables;
    }

    /** What makes a text no expression at all. */
    static Optional<ExpressionProblem> unusable(String text) {
        if (text.isBlank()) {
            return Optional.of(
                    new ExpressionProblem(1, 1, "this is empty; it must be an expression", Optional.empty()));
        }
        return text.codePointCount(0, text.length()) <= ExpressionLanguage.MOST_CHARACTERS
                ? Optional.empty()
                : Optional.of(new ExpressionProblem(
                        1,
                        1,
                        "this is longer than " + ExpressionLanguage.MOST_CHARACTERS + " characters",
                        Optional.empty()));
    }

    /** One problem of the form, whose others only follow from it, or all of names and types. */
    List<ExpressionProblem> of(Collection<CelIssue> issues) {
        List<ExpressionProblem> all = issues.stream()
                .sorted(Comparator.comparing(CelIssue::getSourceLocation))
                .map(this::of)
                .toList();
        boolean ofForm = issues.stream().anyMatch(issue -> issue.getExprId() == 0);
        return ofForm ? List.of(all.get(0)) : all;
    }

    private ExpressionProblem of(CelIssue issue) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
        String message = issue.getMessage();
        Matcher unknown = UNKNOWN_NAME.matcher(message);
        if (unknown.matches()) {
            return unknown(line, column, unknown.group(1));
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            String target = overload.group(2) == null ? "" : overload.group(2);
            String arguments = target.isEmpty() || overload.group(3).isEmpty()
                    ? target + overload.group(3)
                    : target + ", " + overload.group(3);
            return new ExpressionProblem(
                    line,
                    column,
                    "'" + Operators.symbol(overload.group(1)) + "' does not work on "
                            + (arguments.isEmpty() ? "nothing" : Operators.types(arguments)),
                    Optional.empty());
        }
        return ofForm(line, column, message);
    }

    private ExpressionProblem unknown(int line, int column, String name) {
        Optional<String> foreign = Optional.ofNullable(OTHER_LANGUAGES.get(name));
        if (rest(line, column).startsWith("(")) {
            return new ExpressionProblem(
                    line,
                    column - distanceBack(line, column, name),
                    "there is no function '" + name + "'",
                    foreign.or(() -> nearest(name, FUNCTIONS)));
        }
        Matcher word = WORD.matcher(rest(line, column));
        String written = word.lookingAt() && variables.stream().anyMatch(known -> known.startsWith(name + "."))
                ? word.group()
                : name;
        return new ExpressionProblem(
                line,
                column,
                "there is no '" + written + "' here; there " + known(),
                foreign.or(() -> nearest(written, variables)));
    }

    private String known() {
        String names = new TreeSet<>(variables).stream().limit(20).collect(Collectors.joining(", "));
        return (variables.size() == 1 ? "is " : "are ") + (names.isEmpty() ? "no names" : names);
    }

    private static Optional<String> nearest(String written, Collection<String> candidates) {
        return NearestName.of(written, candidates).map(name -> "did you mean '" + name + "'?");
    }

    private static ExpressionProblem ofForm(int line, int column, String message) {
        Matcher token = TOKEN.matcher(message);
        if (token.matches()) {
            return token(line, column, token.group(1));
        }
        Matcher unexpected = UNEXPECTED.matcher(message);
        Matcher alternative = NO_ALTERNATIVE.matcher(message);
        if (unexpected.matches() || alternative.matches()) {
            String found = unexpected.matches() ? unexpected.group(1) : alternative.group(1);
            return found.endsWith("<EOF>")
                    ? new ExpressionProblem(line, column, "this ends before the expression does", Optional.empty())
                    : new ExpressionProblem(
                            line,
                            column,
                            "'" + found + "' is not expected here",
                            Optional.ofNullable(OTHER_LANGUAGES.get(found)));
        }
        Matcher absent = ABSENT.matcher(message);
        if (absent.matches()) {
            return new ExpressionProblem(line, column, "'" + absent.group(1) + "' is missing here", Optional.empty());
        }
        Matcher number = NUMBER.matcher(message);
        if (number.matches()) {
            return new ExpressionProblem(
                    line, column, number.group(1) + " is more than a whole number can be", Optional.empty());
        }
        return new ExpressionProblem(line, column, inOwnWords(message), Optional.empty());
    }

    private static String inOwnWords(String message) {
        if (message.contains("has() macro")) {
            return "has(...) takes a field of something, as in has(object.status)";
        }
        if (message.contains("must be a simple name")) {
            return "the first argument must be a name for the elements, as in exists(item, item > 0)";
        }
        String first = message.lines().findFirst().orElse("");
        return first.isEmpty() ? "this is not an expression" : first;
    }

    private static ExpressionProblem token(int line, int column, String found) {
        if (found.startsWith("'") || found.startsWith("\"")) {
            return new ExpressionProblem(line, column, "this text has no closing quote", Optional.empty());
        }
        String symbol = found.strip();
        Optional<String> instead = Optional.ofNullable(
                Map.of("=", "write == to compare", "&", "write && for 'and'", "|", "write || for 'or'")
                        .get(symbol));
        return new ExpressionProblem(line, column, "'" + symbol + "' is not known here", instead);
    }

    /** How many characters before a position a name starts; 0 when it is not on this line. */
    private int distanceBack(int line, int column, String name) {
        String text = line <= lines.size() ? lines.get(line - 1) : "";
        int here = text.length() - rest(line, column).length();
        int start = text.lastIndexOf(name, here);
        return start < 0 ? 0 : text.codePointCount(start, here);
    }

    /** What follows a position on its line. */
    private String rest(int line, int column) {
        String text = line <= lines.size() ? lines.get(line - 1) : "";
        int characters = text.codePointCount(0, text.length());
        return column > characters ? "" : text.substring(text.offsetByCodePoints(0, column - 1));
    }
}
