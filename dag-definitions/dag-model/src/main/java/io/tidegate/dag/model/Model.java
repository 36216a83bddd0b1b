package io.tidegate.dag.model;

import io.tidegate.dag.template.Template;
import java.util.Objects;

/**
 * A model that steps train, evaluate and publish.
 *
 * @param target the folder that holds its versions and the pointer to its champion
 */
public record Model(ModelName name, Template target) {
    public Model {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(target, "target");
    }
}
