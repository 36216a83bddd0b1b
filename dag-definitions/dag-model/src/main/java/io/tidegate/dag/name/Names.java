package io.tidegate.dag.name;

/** The one rule for identifiers in a definition: they reach file names, environment variables, labels and URLs unescaped. */
public final class Names {
    /** Longest identifier; leaves room in a 63-character Kubernetes label. */
    public static final int MAXIMUM_LENGTH = 50;

    private Names() {}

    /** Whether the text is a legal identifier: lower-case letters, digits, single {@code -} or {@code _} between them. */
    public static boolean isIdentifier(String text) {
        // Asked a million times while a large DAG is read: a regular expression would take a fifth of that time.
        int length = text.length();
        if (length == 0 || length > MAXIMUM_LENGTH || !isLetter(text.charAt(0))) {
            return false;
        }
        for (int index = 1; index < length; index++) {
            char character = text.charAt(index);
            boolean joins = (character == '-' || character == '_')
                    && index + 1 < length
                    && isLetterOrDigit(text.charAt(index + 1));
            if (!joins && !isLetterOrDigit(character)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z';
    }

    private static boolean isLetterOrDigit(char character) {
        return isLetter(character) || (character >= '0' && character <= '9');
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
