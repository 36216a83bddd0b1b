package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.yaml.ScalarMeaning;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A list. Items that cannot be read are left out, having been reported. */
public final class ListType<T> implements ValueType<List<T>> {
    private static final int MOST_ITEMS = 100_000;

    private final String noun;
    private final ValueType<T> item;
    private final int minimum;
    private final boolean distinct;

    private ListType(String noun, ValueType<T> item, int minimum, boolean distinct) {
        this.noun = noun;
        this.item = item;
        this.minimum = minimum;
        this.distinct = distinct;
    }

    /** @param noun what it is, for messages: {@code a list of step names} */
    public static <T> ListType<T> of(String noun, ValueType<T> item) {
        return new ListType<>(noun, item, 0, false);
    }

    /** The same list with at least one item. */
    public ListType<T> notEmpty() {
        return new ListType<>(noun, item, 1, distinct);
    }

    /** The same list in which no item stands twice. */
    public ListType<T> distinct() {
        return new ListType<>(noun, item, minimum, true);
    }

    @Override
    public Optional<List<T>> read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            reading.expected(noun, node, inBrackets(node));
            return Optional.empty();
        }
        int count = sequence.items().size();
        if (count < minimum || count > MOST_ITEMS) {
            reading.report(
                    sequence.owner(),
                    "expected " + noun + " with "
                            + (count < minimum ? "at least one item" : "at most " + MOST_ITEMS + " items"));
        }
        List<T> values = new ArrayList<>(count);
        Set<T> seen = new HashSet<>(distinct ? 2 * count : 0);
        for (int position = 0; position < count; position++) {
            YamlNode element = sequence.items().get(position);
            Optional<T> value = item.read(element, reading);
            boolean repeated = distinct && value.isPresent() && !seen.add(value.get());
            if (repeated) {
                reading.report(element.start(), "this stands in the list already", "keep one of the two");
            }
            if (repeated || value.isEmpty()) {
                reading.leaveOut(sequence, position);
            } else {
                values.add(value.get());
            }
        }
        return Optional.of(values);
    }

    private static String inBrackets(YamlNode node) {
        boolean text = node instanceof YamlNode.Scalar scalar
                && scalar.meaning() == ScalarMeaning.TEXT
                && scalar.style() == YamlNode.Style.PLAIN
                && scalar.value().matches("[A-Za-z0-9_./ -]{1,100}");
        return text
                ? "write [" + String.join(", ", ((YamlNode.Scalar) node).value().split(" +")) + "]"
                : "";
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        Map<String, Object> schema = Schemas.of("type", "array", "items", item.schema(definitions));
        if (minimum > 0) {
            schema.put("minItems", minimum);
        }
        if (distinct) {
            schema.put("uniqueItems", true);
        }
        return schema;
    }
}
