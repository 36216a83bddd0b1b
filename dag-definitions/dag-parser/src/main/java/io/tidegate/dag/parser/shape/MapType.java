package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names that the author gives, each with a value. A value that cannot be read is empty, so that its name is known all the same; an
 * entry whose name cannot be read is left out.
 */
public final class MapType<K, V> implements ValueType<Map<K, Optional<V>>> {
    private final String noun;
    private final Grammar<K> key;
    private final Map<String, Object> keySchema;
    private final ValueType<V> value;

    /**
     * @param noun what it is, for messages: {@code a mapping of dataset names}
     * @param keySchema what a key may be, as JSON Schema
     */
    public MapType(String noun, Grammar<K> key, Map<String, Object> keySchema, ValueType<V> value) {
        this.noun = noun;
        this.key = key;
        this.keySchema = keySchema;
        this.value = value;
    }

    @Override
    public Optional<Map<K, Optional<V>>> read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            reading.expected(noun, node, "");
            return Optional.empty();
        }
        Map<K, Optional<V>> values = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries().values()) {
            Optional<V> read = value.read(entry.value(), reading);
            try {
                values.put(key.read(entry.key().value()), read);
            } catch (TextException exception) {
                reading.report(entry.key(), exception);
            }
        }
        return Optional.of(values);
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return Schemas.of(
                "type", "object", "propertyNames", keySchema, "additionalProperties", value.schema(definitions));
    }
}
