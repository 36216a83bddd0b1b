package io.tidegate.scheduler.store;

import io.tidegate.scheduler.node.NodeId;
import java.time.Duration;

/** Nodes and their leases. All lease arithmetic uses the database's clock. */
public interface NodeStore {
    /** Makes the node known with a lease of the given length. */
    void register(NodeId node, String name, Duration lease);

    /**
     * Extends the node's lease.
     *
     * @return false when the lease had run out and others may have taken its runs: the node must drop all runs and register anew
     */
    boolean renew(NodeId node, Duration lease);

    /** Ends the node's lease at once, so that others can take its runs. */
    void release(NodeId node);
}
