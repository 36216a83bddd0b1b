package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One value, or a list of at least one. */
public final class OneOrMoreType<T> implements ValueType<List<T>> {
    private final ValueType<T> item;
    private final ListType<T> list;

    /** @param noun what the list is, for messages: {@code a list of results} */
    public OneOrMoreType(String noun, ValueType<T> item) {
        this.item = item;
        this.list = ListType.of(noun, item).notEmpty();
    }

    @Override
    public Optional<List<T>> read(YamlNode node, Reading reading) {
        return node instanceof YamlNode.Sequence
                ? list.read(node, reading)
                : item.read(node, reading).map(List::of);
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return Schemas.of("oneOf", List.of(item.schema(definitions), list.schema(definitions)));
    }
}
