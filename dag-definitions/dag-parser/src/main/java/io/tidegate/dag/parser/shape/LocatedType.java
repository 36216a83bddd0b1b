package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** Another type, whose values remember the key they belong to; in a list, where they begin. */
public final class LocatedType<T> implements ValueType<Located<T>> {
    private final ValueType<T> type;

    public LocatedType(ValueType<T> type) {
        this.type = type;
    }

    @Override
    public Optional<Located<T>> read(YamlNode node, Reading reading) {
        return type.read(node, reading).map(value -> new Located<>(value, node.owner()));
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return type.schema(definitions);
    }
}
