package io.tidegate.dag.parser.library;

import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

    /**
     * What fills a gap.
     *
     * @param choices what a parameter of type enum may be; empty for other types
     * @param value what stands for it where it is not given; without it each use must give it
     */
    record Parameter(ArgumentType type, List<String> choices, Optional<YamlNode> value) {
        Parameter {
            Objects.requireNonNull(type, "type");
            choices = List.copyOf(choices);
            Objects.requireNonNull(value, "value");
        }

        boolean accepts(YamlNode node) {
            if (!type.accepts(node)) {
                return false;
            }
            return type != ArgumentType.ENUM
                    || (node instanceof YamlNode.Scalar scalar
                            && (ArgumentType.namesAnother(scalar) || choices.contains(scalar.value())));
        }

        /** What an argument must be, for messages. */
        String noun() {
            return type == ArgumentType.ENUM ? "one of " + String.join(", ", choices) : type.noun();
        }
    }
}
