package io.tidegate.dag.parser.text;

import java.util.Optional;

/** Text that is not in the notation it should be in. The message is for the author. */
public final class TextException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String suggestion;
    private final int offset;

    /**
     * @param suggestion what to write instead, or empty text
     * @param offset where in the text the trouble starts, in characters (UTF-16)
     */
    public TextException(String message, String suggestion, int offset) {
        super(message);
        this.suggestion = suggestion;
        this.offset = offset;
    }

    public TextException(String message, String suggestion) {
        this(message, suggestion, 0);
    }

    public TextException(String message) {
        this(message, "", 0);
    }

    public Optional<String> suggestion() {
        return suggestion.isEmpty() ? Optional.empty() : Optional.of(suggestion);
    }

    public int offset() {
        return offset;
    }
}
