package io.tidegate.dag.parser.testfile;

import io.tidegate.dag.parser.shape.NumberType;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.testfile.Given.Measured;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A measured number in its short form: the number alone. */
final class MeasuredNumber implements ValueType<Measured> {
    private final NumberType number = new NumberType();

    @Override
    public Optional<Measured> read(YamlNode node, Reading reading) {
        return number.read(node, reading).map(value -> new Measured(value, OptionalLong.empty()));
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return number.schema(definitions);
    }
}
