package io.tidegate.dag.parser.yaml;

import java.util.regex.Pattern;

/**
 * What a scalar without quotes is. YAML 1.2.2, section 10.3.2, core schema: {@code no}, {@code on} and {@code 2001-01-01} are text.
 */
public enum ScalarMeaning {
    TEXT,
    WHOLE_NUMBER,
    NUMBER,
    BOOLEAN,
    NOTHING;

    private static final Pattern NOTHING_WORDS = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern BOOLEAN_WORDS = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGERS = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern FLOATS = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final int LONGEST_NUMBER = 400;
    private static final String FIRST_OF_OTHERS = "~nNtTfF+-.0123456789";

    static ScalarMeaning of(String text) {
        // Most scalars of a file are words: the patterns are kept for the few that could be something else.
        boolean word = !text.isEmpty() && FIRST_OF_OTHERS.indexOf(text.charAt(0)) < 0;
        if (word || text.length() > LONGEST_NUMBER) {
            return TEXT;
        }
        if (NOTHING_WORDS.matcher(text).matches()) {
            return NOTHING;
        }
        if (BOOLEAN_WORDS.matcher(text).matches()) {
            return BOOLEAN;
        }
        if (INTEGERS.matcher(text).matches()) {
            return WHOLE_NUMBER;
        }
        return FLOATS.matcher(text).matches() ? NUMBER : TEXT;
    }
}
