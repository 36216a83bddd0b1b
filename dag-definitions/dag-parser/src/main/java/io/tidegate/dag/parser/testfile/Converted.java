package io.tidegate.dag.parser.testfile;

import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A short form: one value that stands for what a mapping says at length. */
final class Converted<S, T> implements ValueType<T> {
    private final ValueType<S> type;
    private final Function<S, T> conversion;

    Converted(ValueType<S> type, Function<S, T> conversion) {
        this.type = type;
        this.conversion = conversion;
    }

    @Override
    public Optional<T> read(YamlNode node, Reading reading) {
        return type.read(node, reading).map(conversion);
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return type.schema(definitions);
    }
}
