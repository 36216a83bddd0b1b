package io.tidegate.dag.parser.shape;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small pieces of JSON Schema. */
final class Schemas {
    private Schemas() {}

    /** Keywords with their values, in this order. */
    static Map<String, Object> of(Object... keywordsAndValues) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int index = 0; index < keywordsAndValues.length; index += 2) {
            schema.put((String) keywordsAndValues[index], keywordsAndValues[index + 1]);
        }
        return schema;
    }

    static Map<String, Object> with(Map<String, Object> schema, String keyword, Object value) {
        Map<String, Object> extended = new LinkedHashMap<>(schema);
        extended.put(keyword, value);
        return extended;
    }
}
