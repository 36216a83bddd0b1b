package io.tidegate.dag.parser.language;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.name.DagReference;
import io.tidegate.dag.name.Names;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.schedule.DataCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A dataset of another DAG, a list of which all are needed, or {@code all} or {@code any} of a list. */
final class DataConditionType implements ValueType<DataCondition> {
    private static final String ALL = "all";
    private static final String ANY = "any";
    private static final String NOUN = "a dataset such as orders.clean, a list of them, or a mapping with all or any";
    private static final String PATTERN = "^[a-z][a-z0-9]*([_-][a-z0-9]+)*\\.[a-z][a-z0-9]*([_-][a-z0-9]+)*$";
    private static final TextType<DataCondition.Source> SOURCE =
            TextType.of("a dataset such as orders.clean", PATTERN, DataConditionType::source);

    private static DataCondition.Source source(String text) throws TextException {
        int dot = text.indexOf('.');
        if (dot < 0 || !Names.isIdentifier(text.substring(0, dot)) || !Names.isIdentifier(text.substring(dot + 1))) {
            throw new TextException(
                    Excerpt.quoted(text) + " is not a dataset of a DAG; it is written DAG.DATASET",
                    "for example orders.clean");
        }
        return new DataCondition.Source(
                new DagReference(text.substring(0, dot)), new DatasetName(text.substring(dot + 1)));
    }

    @Override
    public Optional<DataCondition> read(YamlNode node, Reading reading) {
        if (node instanceof YamlNode.Scalar) {
            return SOURCE.read(node, reading).map(found -> found);
        }
        if (node instanceof YamlNode.Sequence) {
            return list(node, reading, DataCondition.All::new);
        }
        YamlNode.Mapping mapping = (YamlNode.Mapping) node;
        if (mapping.entries().size() != 1
                || (mapping.entry(ALL).isEmpty() && mapping.entry(ANY).isEmpty())) {
            reading.expected(NOUN, node, "for example { any: [orders.clean, orders.copy] }");
            return Optional.empty();
        }
        return mapping.entry(ALL)
                .map(entry -> list(entry.value(), reading, DataCondition.All::new))
                .orElseGet(() -> list(mapping.entry(ANY).orElseThrow().value(), reading, DataCondition.Any::new));
    }

    private Optional<DataCondition> list(
            YamlNode node, Reading reading, Function<List<DataCondition>, DataCondition> make) {
        return ListType.of("a list of datasets", this)
                .notEmpty()
                .read(node, reading)
                .filter(parts -> !parts.isEmpty())
                .map(make);
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return definitions.reference("data_condition", () -> {
            Map<String, Object> list =
                    new TreeMap<>(Map.of("type", "array", "minItems", 1, "items", schema(definitions)));
            return Map.of(
                    "anyOf",
                    List.of(SOURCE.schema(definitions), list, mapping(ALL, "All", list), mapping(ANY, "Any", list)));
        });
    }

    private static Map<String, Object> mapping(String word, String start, Map<String, Object> list) {
        Map<String, Object> explained = new TreeMap<>(list);
        explained.put(
                "description", start + " of these must be there. Example: " + word + ": [orders.clean, orders.copy]");
        return new TreeMap<>(Map.of(
                "type",
                "object",
                "properties",
                Map.of(word, explained),
                "required",
                List.of(word),
                "additionalProperties",
                false));
    }
}
