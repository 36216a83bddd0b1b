package io.tidegate.dag.template;

/** A template that cannot be read or rendered; the message is meant for the author. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TemplateException(String message) {
        super(message);
    }
}
