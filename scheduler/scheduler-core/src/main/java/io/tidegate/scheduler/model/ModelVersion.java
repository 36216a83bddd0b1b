package io.tidegate.scheduler.model;

import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.RunId;
import java.util.Objects;

/**
 * A model version a training step registered.
 *
 * @param version counts from 1 within the model
 * @param bundle where it lies
 * @param fingerprint identifies the bundle's content; empty text when the step did not say
 */
public record ModelVersion(
        ModelName model, int version, ModelState state, String bundle, String fingerprint, RunId run, StepId step) {
    public ModelVersion {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(step, "step");
    }
}
