package io.tidegate.dag.parser.yaml;

import io.tidegate.dag.parser.problem.Position;
import java.util.Optional;

/** A list or mapping whose end has not been read. */
interface OpenNode {
    /** Takes the next item, key or value. */
    void add(YamlNode node);

    /** Where the key stands that waits for its value. */
    Optional<Position> keyPosition();

    /** Whether the next node is the value of a merge key. */
    boolean isMerging();

    YamlNode close();
}
