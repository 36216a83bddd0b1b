package io.tidegate.dag.step;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a value that a step reports must be. */
public enum OutputType {
    STRING("\""),
    INTEGER("[-0-9]"),
    NUMBER("[-0-9]"),
    BOOLEAN("[tf]"),
    LIST("\\["),
    MAP("\\{");

    private static final Pattern FRACTION = Pattern.compile("[.eE]");

    private final Pattern beginning;

    OutputType(String beginning) {
        this.beginning = Pattern.compile(beginning);
    }

    /** Whether a JSON value is of the type; the text must be a JSON value, without white space around it. */
    public boolean accepts(String json) {
        return beginning.matcher(json).lookingAt()
                && (this != INTEGER || !FRACTION.matcher(json).find());
    }

    /** The word an author writes: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
