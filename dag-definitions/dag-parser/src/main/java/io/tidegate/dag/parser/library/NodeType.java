package io.tidegate.dag.parser.library;

import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** A node as it stands, which is read when it is known what becomes of it. */
final class NodeType<T extends YamlNode> implements ValueType<T> {
    private final String noun;
    private final Class<T> sort;

    /** @param noun what it is, for messages */
    NodeType(String noun, Class<T> sort) {
        this.noun = noun;
        this.sort = sort;
    }

    @Override
    public Optional<T> read(YamlNode node, Reading reading) {
        if (!sort.isInstance(node)) {
            reading.expected(noun, node, "");
            return Optional.empty();
        }
        return Optional.of(sort.cast(node));
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return sort == YamlNode.Mapping.class ? Map.of("type", "object") : Map.of();
    }
}
