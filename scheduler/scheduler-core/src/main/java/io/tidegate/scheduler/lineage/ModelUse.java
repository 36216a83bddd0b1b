package io.tidegate.scheduler.lineage;

import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.ModelRole;
import java.util.Objects;

/**
 * A model version an attempt worked with: the champion an evaluate step scored with, or a challenger it was compared with.
 *
 * @param version counts from 1 within the model
 */
public record ModelUse(ModelName model, int version, ModelRole role) {
    public ModelUse {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(role, "role");
    }
}
