package io.tidegate.server.home;

/** The home folder cannot be used; the message is one line for the user. */
public final class HomeFolderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HomeFolderException(String message) {
        super(message);
    }
}
