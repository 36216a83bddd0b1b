package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.yaml.ScalarMeaning;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** True or false. */
public final class TruthType implements ValueType<Boolean> {
    @Override
    public Optional<Boolean> read(YamlNode node, Reading reading) {
        if (node instanceof YamlNode.Scalar scalar && scalar.meaning() == ScalarMeaning.BOOLEAN) {
            return Optional.of(Boolean.parseBoolean(scalar.value()));
        }
        reading.expected("true or false", node, "");
        return Optional.empty();
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return Schemas.of("type", "boolean");
    }
}
