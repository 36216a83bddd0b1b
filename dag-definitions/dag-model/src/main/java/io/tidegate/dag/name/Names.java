package io.tidegate.dag.name;

import java.util.regex.Pattern;

/** The one rule for identifiers in a definition: they reach file names, environment variables, labels and URLs unescaped. */
public final class Names {
    /** Longest identifier; leaves room in a 63-character Kubernetes label. */
    public static final int MAXIMUM_LENGTH = 50;

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9]*([_-][a-z0-9]+)*");

    private Names() {}

    /** Whether the text is a legal identifier: lower-case letters, digits, single {@code -} or {@code _} between them. */
    public static boolean isIdentifier(String text) {
        return text.length() <= MAXIMUM_LENGTH && IDENTIFIER.matcher(text).matches();
    }

    /**
     * The text itself.
     *
     * @throws IllegalArgumentException when it is not an identifier; the message says what one is
     */
    public static String requireIdentifier(String what, String text) {
        if (!isIdentifier(text)) {
            throw new IllegalArgumentException(what + " '" + text
                    + "' must start with a lower-case letter and hold only lower-case"
                    + " letters, digits and single '-' or '_' between them, at most " + MAXIMUM_LENGTH + " characters");
        }
        return text;
    }
}
