package io.tidegate.dag.parser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidegate.dag.DagDefinition;

/**
 * A definition as JSON in the words of the language: every default written out, every short form in its long one, keys sorted, no
 * white space. Two files that mean the same have the same canonical form, and a canonical form is itself a DAG file.
 */
public final class CanonicalForm {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private CanonicalForm() {}

    /** The canonical form, on one line. */
    public static String of(DagDefinition definition) {
        return write(new LongForm(definition).fields());
    }

    static String write(Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("maps, lists, text and numbers are always JSON", exception);
        }
    }
}
