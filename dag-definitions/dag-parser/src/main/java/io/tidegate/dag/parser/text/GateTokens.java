package io.tidegate.dag.parser.text;

import io.tidegate.dag.parser.problem.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a gate rule, read one after the other. */
final class GateTokens {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<number>[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)|(?<symbol><=|>=|<|>|[-+.%()]))");
    private static final int LONGEST_RULE = 1_000;

    private final List<Token> tokens = new ArrayList<>();
    private int position;

    /** @throws TextException when a character belongs to no token */
    GateTokens(String rule) throws TextException {
        if (rule.length() > LONGEST_RULE) {
            throw new TextException("a gate rule has at most " + LONGEST_RULE + " characters");
        }
        Matcher matcher = TOKEN.matcher(rule);
        int end = rule.stripTrailing().length();
        int at = 0;
        while (at < end) {
            matcher.region(at, end);
            if (!matcher.lookingAt()) {
                int bad = at
                        + (rule.length()
                                - at
                                - rule.substring(at).stripLeading().length());
                throw new TextException(
                        "unexpected " + Excerpt.quoted(rule.substring(bad, rule.offsetByCodePoints(bad, 1)))
                                + " in a gate rule",
                        "",
                        bad);
            }
            tokens.add(token(matcher));
            at = matcher.end();
        }
        tokens.add(new Token(Sort.END, "", end));
    }

    private static Token token(Matcher matcher) {
        if (matcher.group("name") != null) {
            return new Token(Sort.NAME, matcher.group("name"), matcher.start("name"));
        }
        if (matcher.group("number") != null) {
            return new Token(Sort.NUMBER, matcher.group("number"), matcher.start("number"));
        }
        return new Token(Sort.SYMBOL, matcher.group("symbol"), matcher.start("symbol"));
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

    private enum Sort {
        NAME,
        NUMBER,
        SYMBOL,
        END
    }

    /** A word, a number, a sign or the end, and where it stands. */
    record Token(Sort sort, String text, int offset) {
        boolean isName() {
            return sort == Sort.NAME;
        }

        boolean isNumber() {
            return sort == Sort.NUMBER;
        }

        boolean isSign() {
            return text.equals("+") || text.equals("-");
        }

        boolean isEnd() {
            return sort == Sort.END;
        }

        TextException unexpected(String wanted, String suggestion) {
            String found = isEnd() ? "the rule ends here" : "found " + Excerpt.quoted(text);
            return new TextException("expected " + wanted + "; " + found, suggestion, offset);
        }
    }
}
