package io.tidegate.server.secret;

/** A secret that cannot be had; the message says which, why, and where to set it. It is the author's or the operator's to mend. */
public final class SecretException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    SecretException(String message) {
        super(message);
    }
}
