package io.tidegate.store.database;

/** One row holds something this version of Tidegate does not know, most likely written by a newer server. Other rows are not affected. */
public final class UnreadableRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRowException(String message) {
        super(message);
    }

    public UnreadableRowException(String message, Throwable cause) {
        super(message, cause);
    }
}
