package io.tidegate.scheduler.node;

import java.util.Objects;
import java.util.UUID;

/** Identifies one life of a server process: a restarted server is a new node. */
public record NodeId(UUID value) {
    public NodeId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
