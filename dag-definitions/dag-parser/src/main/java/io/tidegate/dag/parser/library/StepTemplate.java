package io.tidegate.dag.parser.library;

import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A step with gaps.
 *
 * @param parameters what fills the gaps, by name
 * @param step the step, in which {@code {{ with.NAME }}} marks a gap
 */
record StepTemplate(Map<String, Parameter> parameters, YamlNode.Mapping step) {
    StepTemplate {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        Objects.requireNonNull(step, "step");
    }

    /** @param value what stands for it where it is not given; without it each use must give it */
    record Parameter(ArgumentType type, Optional<YamlNode> value) {
        Parameter {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(value, "value");
        }
    }
}
