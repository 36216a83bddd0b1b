package io.tidegate.dag.parser.shape;

import io.tidegate.dag.graph.NearestName;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A mapping with declared fields, and no others. */
public final class ObjectType<T> implements ValueType<T> {
    private final String name;
    private final String noun;
    private final Map<String, Field<?>> fields;
    private final Function<Values, Optional<T>> binder;
    private final Function<String, Optional<String>> elsewhere;
    private final UnaryOperator<Map<String, Object>> refinement;

    private ObjectType(
            String name,
            String noun,
            Map<String, Field<?>> fields,
            Function<Values, Optional<T>> binder,
            Function<String, Optional<String>> elsewhere,
            UnaryOperator<Map<String, Object>> refinement) {
        this.name = name;
        this.noun = noun;
        this.fields = fields;
        this.binder = binder;
        this.elsewhere = elsewhere;
        this.refinement = refinement;
    }

    /**
     * @param name the type's name in the schema
     * @param noun what it is, for messages: {@code a dataset}
     * @param binder makes the value; called with whatever could be read
     */
    public static <T> ObjectType<T> of(
            String name, String noun, List<Field<?>> fields, Function<Values, Optional<T>> binder) {
        Map<String, Field<?>> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.put(field.name(), field));
        return new ObjectType<>(name, noun, byName, binder, key -> Optional.empty(), UnaryOperator.identity());
    }

    /** The same type, which says of a key that is no field here where it is one. */
    public ObjectType<T> tellingElsewhere(Function<String, Optional<String>> explanation) {
        return new ObjectType<>(name, noun, fields, binder, explanation, refinement);
    }

    /** The same type, whose schema also says what the fields alone do not. */
    public ObjectType<T> refining(UnaryOperator<Map<String, Object>> more) {
        return new ObjectType<>(name, noun, fields, binder, elsewhere, more);
    }

    public List<Field<?>> fields() {
        return List.copyOf(fields.values());
    }

    @Override
    public Optional<T> read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            reading.expected(noun + ", a mapping with " + fieldNames(), node, "");
            return Optional.empty();
        }
        Map<String, Object> values = new HashMap<>();
        Set<String> misspelled = new HashSet<>();
        for (YamlNode.Entry entry : mapping.entries().values()) {
            Field<?> field = fields.get(entry.key().value());
            if (field == null) {
                unknown(entry.key(), reading).ifPresent(misspelled::add);
            } else {
                field.type().read(entry.value(), reading).ifPresent(value -> values.put(field.name(), value));
            }
        }
        for (Field<?> field : fields.values()) {
            boolean missing = mapping.entry(field.name()).isEmpty() && !misspelled.contains(field.name());
            if (field.required() && missing) {
                reading.report(
                        mapping.owner(),
                        noun + " needs the field '" + field.name() + "'",
                        "for example " + field.example());
            }
        }
        return binder.apply(new Values(mapping, values, misspelled, reading));
    }

    /** Reports the key; gives the field that was probably meant. */
    private Optional<String> unknown(YamlNode.Scalar key, Reading reading) {
        Optional<String> home = elsewhere.apply(key.value());
        if (home.isPresent()) {
            reading.report(key.start(), "field '" + key.value() + "' means nothing for " + noun, home.get());
            return Optional.empty();
        }
        Optional<String> nearest = NearestName.of(key.value(), fields.keySet());
        reading.report(
                key.start(),
                "unknown field " + Excerpt.quoted(key.value()),
                nearest.map(field -> "did you mean '" + field + "'?").orElse(hasFields()));
        return nearest;
    }

    private String hasFields() {
        return fields.isEmpty() ? noun + " has no settings" : noun + " has " + fieldNames();
    }

    private String fieldNames() {
        return String.join(", ", fields.keySet());
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return definitions.reference(name, () -> describe(definitions));
    }

    private Map<String, Object> describe(SchemaDefinitions definitions) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.values()
                .forEach(field -> properties.put(
                        field.name(),
                        Schemas.with(
                                field.type().schema(definitions),
                                "description",
                                field.description() + " Example: " + field.example())));
        Map<String, Object> schema =
                Schemas.of("type", "object", "properties", properties, "additionalProperties", false);
        List<String> required = fields.values().stream()
                .filter(Field::required)
                .map(Field::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return refinement.apply(schema);
    }
}
