package io.tidegate.steps.runtime;

/** The program of one kind of step. */
public interface BuiltInStep {
    /**
     * Does the step's work and reports it. Running it again with the same specification is safe.
     *
     * @throws io.tidegate.steps.contract.StepFailure when the work cannot be done, for a reason the author can mend
     */
    void run(StepContext context);
}
