package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping whose form somebody else decides: maps, lists, text, numbers and booleans, as they are written. */
public final class DocumentType implements ValueType<Map<String, Object>> {
    private final String noun;

    /** @param noun what it is, for messages: {@code an affinity of Kubernetes} */
    public DocumentType(String noun) {
        this.noun = noun;
    }

    @Override
    public Optional<Map<String, Object>> read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            reading.expected(noun + ", a mapping", node, "");
            return Optional.empty();
        }
        return Optional.of(mapping(mapping, reading));
    }

    private Map<String, Object> mapping(YamlNode.Mapping mapping, Reading reading) {
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, entry) -> value(entry.value(), reading).ifPresent(value -> values.put(key, value)));
        return values;
    }

    private Optional<Object> value(YamlNode node, Reading reading) {
        if (node instanceof YamlNode.Mapping mapping) {
            return Optional.of(mapping(mapping, reading));
        }
        if (node instanceof YamlNode.Sequence sequence) {
            List<Object> items = new ArrayList<>();
            sequence.items().forEach(item -> value(item, reading).ifPresent(items::add));
            return Optional.of(items);
        }
        return node instanceof YamlNode.Scalar scalar ? scalar(scalar, reading) : Optional.empty();
    }

    private static Optional<Object> scalar(YamlNode.Scalar scalar, Reading reading) {
        try {
            return switch (scalar.meaning()) {
                case TEXT -> Optional.of(scalar.value());
                case BOOLEAN -> Optional.of(Boolean.parseBoolean(scalar.value()));
                case WHOLE_NUMBER, NUMBER -> Optional.of(new BigDecimal(scalar.value()));
                case NOTHING -> {
                    reading.expected("a value", scalar, "");
                    yield Optional.empty();
                }
            };
        } catch (NumberFormatException notDecimal) {
            reading.expected("a decimal number", scalar, "");
            return Optional.empty();
        }
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return Schemas.of("type", "object");
    }
}
