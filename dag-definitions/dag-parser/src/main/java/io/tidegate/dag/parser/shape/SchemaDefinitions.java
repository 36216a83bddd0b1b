package io.tidegate.dag.parser.shape;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The named parts of a JSON Schema. */
public final class SchemaDefinitions {
    private final Map<String, Map<String, Object>> definitions = new TreeMap<>();

    /** A reference to a part; the part is made when it is not there. */
    public Map<String, Object> reference(String name, Supplier<Map<String, Object>> part) {
        if (!definitions.containsKey(name)) {
            // Kept free first, so that a part may refer to itself.
            definitions.put(name, Map.of());
            definitions.put(name, part.get());
        }
        return Map.of("$ref", "#/$defs/" + name);
    }

    public Map<String, Map<String, Object>> all() {
        return definitions;
    }
}
