package io.tidegate.dag.parser.problem;

/** Makes text of an author fit to be shown in a message or on a terminal. */
public final class Excerpt {
    private static final int LONGEST = 60;

    private Excerpt() {}

    /** The text in quotes, cut short, without characters that could steer a terminal. */
    public static String quoted(String text) {
        return "'" + shortened(text) + "'";
    }

    /** The text, cut short, without characters that could steer a terminal. */
    public static String shortened(String text) {
        if (text.codePointCount(0, Math.min(text.length(), 2 * LONGEST + 2)) <= LONGEST) {
            return visible(text);
        }
        return visible(text.substring(0, text.offsetByCodePoints(0, LONGEST - 1))) + "…";
    }

    /** The text with each control, direction and lone surrogate character written as {@code \}{@code uXXXX}. Tabs stay. */
    public static String visible(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isHarmless(character)) {
                result.appendCodePoint(character);
            } else {
                result.append("\\u%04X".formatted(character));
            }
        });
        return result.toString();
    }

    private static boolean isHarmless(int character) {
        if (character == '\t') {
            return true;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
