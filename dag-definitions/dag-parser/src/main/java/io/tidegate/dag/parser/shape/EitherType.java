package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A word in the short form, a mapping in the long form. */
public final class EitherType<T> implements ValueType<T> {
    private final String noun;
    private final ValueType<T> shortForm;
    private final ValueType<T> longForm;

    /** @param noun what it is, for messages */
    public EitherType(String noun, ValueType<T> shortForm, ValueType<T> longForm) {
        this.noun = noun;
        this.shortForm = shortForm;
        this.longForm = longForm;
    }

    @Override
    public Optional<T> read(YamlNode node, Reading reading) {
        if (node instanceof YamlNode.Sequence) {
            reading.expected(noun, node, "");
            return Optional.empty();
        }
        return (node instanceof YamlNode.Mapping ? longForm : shortForm).read(node, reading);
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return Schemas.of("oneOf", List.of(shortForm.schema(definitions), longForm.schema(definitions)));
    }
}
