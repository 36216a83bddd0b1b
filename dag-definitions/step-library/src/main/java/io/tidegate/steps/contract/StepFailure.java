package io.tidegate.steps.contract;

/**
 * A step cannot do its work, for a reason that its author can understand and mend. The message says what is wrong, where, and what to do;
 * it is the last thing the step's log shows.
 */
public class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StepFailure(String message) {
        super(message);
    }

    public StepFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
