package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.scheduler.node.NodeReport;
import io.tidegate.scheduler.store.NodeStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Keeps this node's lease. When the lease was lost, everything is let go of and the node comes back under a new name: what it owned under the
 * old one is for whoever claims it. All comparisons of times are the database's.
 */
final class LeaseKeeper {
    private static final System.Logger LOG = System.getLogger(LeaseKeeper.class.getName());

    private final NodeStore nodes;
    private final NodeProfile profile;
    private final Duration lease;
    private final Supplier<NodeReport> report;
    private final Runnable lost;
    private final Runnable registered;
    private volatile Optional<NodeId> node = Optional.empty();

    /**
     * @param report what the node says of itself with each renewal
     * @param lost called when the lease was lost, before the node registers anew
     * @param registered called when the node may own runs
     */
    LeaseKeeper(
            NodeStore nodes,
            NodeProfile profile,
            Duration lease,
            Supplier<NodeReport> report,
            Runnable lost,
            Runnable registered) {
        this.nodes = nodes;
        this.profile = profile;
        this.lease = lease;
        this.report = report;
        this.lost = lost;
        this.registered = registered;
    }

    /** This node, once it is registered. */
    Optional<NodeId> node() {
        return node;
    }

    void round() {
        Optional<NodeId> current = node;
        if (current.isPresent() && nodes.renew(current.get(), lease, report.get())) {
            return;
        }
        if (current.isPresent()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the lease of this server ran out; its runs are dropped and claimed anew");
            node = Optional.empty();
            lost.run();
        }
        NodeId next = new NodeId(UUID.randomUUID());
        nodes.register(next, profile, lease);
        node = Optional.of(next);
        registered.run();
    }

    /** Gives up the lease and every run, so that nobody has to wait for its end. */
    void release() {
        Optional<NodeId> current = node;
        node = Optional.empty();
        current.ifPresent(nodes::release);
    }
}
