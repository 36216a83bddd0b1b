package io.tidegate.dag.parser.text;

import io.tidegate.dag.parser.problem.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a condition over results, read one after the other. */
final class RunRuleTokens {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(?<name>[A-Za-z_][A-Za-z0-9_-]*)|(?<symbol>&&|\\|\\||[!().]))");
    private static final int LONGEST_CONDITION = 10_000;

    private final List<Token> tokens = new ArrayList<>();
    private int position;

    /** @throws TextException when a character belongs to no token */
    RunRuleTokens(String condition) throws TextException {
        if (condition.length() > LONGEST_CONDITION) {
            throw new TextException("a condition has at most " + LONGEST_CONDITION + " characters");
        }
        Matcher matcher = TOKEN.matcher(condition);
        int end = condition.stripTrailing().length();
        int at = 0;
        while (at < end) {
            matcher.region(at, end);
            if (!matcher.lookingAt()) {
                throw stray(condition, at);
            }
            boolean name = matcher.group("name") != null;
            tokens.add(new Token(
                    name,
                    name ? matcher.group("name") : matcher.group("symbol"),
                    name ? matcher.start("name") : matcher.start("symbol")));
            at = matcher.end();
        }
        tokens.add(new Token(false, "", end));
    }

    private static TextException stray(String condition, int from) {
        int at = condition.length() - condition.substring(from).stripLeading().length();
        String character = condition.substring(at, condition.offsetByCodePoints(at, 1));
        String suggestion = switch (character) {
            case "&" -> "write && for and";
            case "|" -> "write || for or";
            default -> "";
        };
        return new TextException(
                "unexpected " + Excerpt.quoted(character) + " in a condition over results", suggestion, at);
    }

    Token peek() {
        return tokens.get(position);
    }

    /** The next token; at the end the end, again and again. */
    Token next() {
        Token token = tokens.get(position);
        if (!token.isEnd()) {
            position++;
        }
        return token;
    }

    /** Goes past the symbol, if it is next. */
    boolean skip(String symbol) {
        boolean found = peek().text().equals(symbol);
        if (found) {
            position++;
        }
        return found;
    }

    /** A name, a symbol or the end, and where it stands. */
    record Token(boolean isName, String text, int offset) {
        boolean isEnd() {
            return text.isEmpty();
        }

        TextException unexpected(String wanted, String suggestion) {
            String found = isEnd() ? "the condition ends here" : "found " + Excerpt.quoted(text);
            return new TextException("expected " + wanted + "; " + found, suggestion, offset);
        }
    }
}
