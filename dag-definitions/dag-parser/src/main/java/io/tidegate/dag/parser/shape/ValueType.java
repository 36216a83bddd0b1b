package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** What a value may be. Immutable and shared by all parsers; what belongs to one file is in {@link Reading}. */
public interface ValueType<T> {
    /** The value of a node; empty when it is not of this type, which has been reported. */
    Optional<T> read(YamlNode node, Reading reading);

    /**
     * This type as JSON Schema, keywords in the order in which they are written.
     *
     * @param definitions receives types that are referred to by name
     */
    Map<String, Object> schema(SchemaDefinitions definitions);
}
