package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.text.Numbers;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.yaml.ScalarMeaning;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** A number. */
public final class NumberType implements ValueType<Double> {
    @Override
    public Optional<Double> read(YamlNode node, Reading reading) {
        boolean number = node instanceof YamlNode.Scalar scalar
                && (scalar.meaning() == ScalarMeaning.WHOLE_NUMBER || scalar.meaning() == ScalarMeaning.NUMBER);
        if (!number) {
            reading.expected("a number", node, "");
            return Optional.empty();
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        if (scalar.value().matches("[-+]?0[0-9].*")) {
            reading.report(
                    scalar.start(),
                    Excerpt.shortened(scalar.value()) + " can be read in more than one way",
                    "write the number without leading zeros");
            return Optional.empty();
        }
        try {
            return Optional.of(Numbers.read(scalar.value()));
        } catch (TextException exception) {
            reading.report(scalar, exception);
            return Optional.empty();
        }
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return Schemas.of("type", "number");
    }
}
