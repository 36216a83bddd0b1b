package io.tidegate.scheduler.store;

/** The database cannot serve right now: connection lost, restart, read-only, deadlock. The same call may work later. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
