package io.tidegate.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A variable, and the fields that an expression reads of it.
 *
 * @param variable as it was declared
 * @param fields the names after it; empty when the variable is taken whole
 */
public record FieldPath(String variable, List<String> fields) {
    public FieldPath {
        fields = List.copyOf(fields);
    }

    FieldPath field(String name) {
        List<String> more = new ArrayList<>(fields);
        more.add(name);
        return new FieldPath(variable, more);
    }

    /** Up to the first name that the values do not have; empty when they have all. */
    Optional<FieldPath> missingIn(Map<String, Object> values) {
        if (!values.containsKey(variable)) {
            return Optional.of(new FieldPath(variable, List.of()));
        }
        Object value = values.get(variable);
        for (int index = 0; index < fields.size(); index++) {
            if (!(value instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            if (!map.containsKey(fields.get(index))) {
                return Optional.of(new FieldPath(variable, fields.subList(0, index + 1)));
            }
            value = map.get(fields.get(index));
        }
        return Optional.empty();
    }

    /** The value there; empty when there is none. */
    Optional<Object> valueIn(Map<String, Object> values) {
        Object value = values.get(variable);
        for (String field : fields) {
            value = value instanceof Map<?, ?> map ? map.get(field) : null;
        }
        return Optional.ofNullable(value);
    }

    /** The last name of all. */
    String last() {
        return fields.isEmpty() ? variable : fields.get(fields.size() - 1);
    }

    @Override
    public String toString() {
        return fields.isEmpty() ? variable : variable + "." + String.join(".", fields);
    }
}
