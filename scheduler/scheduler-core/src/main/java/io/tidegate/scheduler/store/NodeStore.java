package io.tidegate.scheduler.store;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeLoad;
import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.scheduler.node.NodeReport;
import java.time.Duration;

/** Nodes and their leases. All lease arithmetic uses the database's clock. */
public interface NodeStore {
    /** Makes the node known with a lease of the given length. */
    void register(NodeId node, NodeProfile profile, Duration lease);

    /**
     * Extends the node's lease, and keeps what it says of itself.
     *
     * @return false when the lease had run out and others may have taken its runs: the node must drop all runs and register anew
     */
    boolean renew(NodeId node, Duration lease, NodeReport report);

    /** Ends the node's lease at once and gives all its runs back, so that others can take them. */
    void release(NodeId node);

    /** How the runs are spread over the nodes now. */
    NodeLoad load(NodeId node);
}
