package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of a mapping's fields, as far as they could be read. */
public final class Values {
    private final YamlNode.Mapping node;
    private final Map<String, Object> values;
    private final Set<String> misspelled;
    private final Reading reading;

    Values(YamlNode.Mapping node, Map<String, Object> values, Set<String> misspelled, Reading reading) {
        this.node = node;
        this.values = values;
        this.misspelled = misspelled;
        this.reading = reading;
    }

    /** The field's value; empty when the author left it out or it could not be read. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> get(Field<T> field) {
        // Put there by the field's own type.
        return Optional.ofNullable((T) values.get(field.name()));
    }

    /** The field's value with its place; empty when the author left it out or it could not be read. */
    public <T> Optional<Located<T>> located(Field<T> field) {
        return get(field).map(value -> new Located<>(value, valueOf(field)));
    }

    /** Whether the author wrote the field, readable or not, be it with a slip in its name. */
    public boolean has(Field<?> field) {
        return node.entry(field.name()).isPresent() || misspelled.contains(field.name());
    }

    /** Whether the author wrote the field and it could not be read. */
    public boolean isUnreadable(Field<?> field) {
        return has(field) && get(field).isEmpty();
    }

    /** Where the field's key stands; where the mapping belongs to when it has no such field. */
    public Position keyOf(Field<?> field) {
        return node.entry(field.name()).map(entry -> entry.key().start()).orElse(node.owner());
    }

    /** Where the field's value stands; where the mapping belongs to when it has no such field. */
    public Position valueOf(Field<?> field) {
        return node.entry(field.name()).map(entry -> entry.value().start()).orElse(node.owner());
    }

    /** The field's node, if it is a single value. */
    public Optional<YamlNode.Scalar> scalarOf(Field<?> field) {
        return node.entry(field.name())
                .map(YamlNode.Entry::value)
                .filter(YamlNode.Scalar.class::isInstance)
                .map(YamlNode.Scalar.class::cast);
    }

    /** Where the mapping belongs to: its key, or its own start. */
    public Position owner() {
        return node.owner();
    }

    public Reading reading() {
        return reading;
    }
}
