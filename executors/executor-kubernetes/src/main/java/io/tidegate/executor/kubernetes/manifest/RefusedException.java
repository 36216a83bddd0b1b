package io.tidegate.executor.kubernetes.manifest;

import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchResult;

/** A step that cannot become a Job, or may not. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final FailureKind kind;

    /** @param message what is wrong and what to do, for people */
    public RefusedException(FailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static RefusedException user(String message) {
        return new RefusedException(FailureKind.USER, message);
    }

    /** The same as the answer to a launch. */
    public LaunchResult.Rejected result() {
        return new LaunchResult.Rejected(kind, getMessage());
    }
}
