package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** A value that can only be read when another field is known: it is kept as it is written. */
public final class DeferredType implements ValueType<YamlNode> {
    private final Map<String, Object> keywords;

    /** @param keywords what it may be at most, as JSON Schema */
    public DeferredType(Map<String, Object> keywords) {
        this.keywords = keywords;
    }

    @Override
    public Optional<YamlNode> read(YamlNode node, Reading reading) {
        return Optional.of(node);
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return keywords;
    }
}
