package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.scheduler.node.NodeReport;
import io.tidegate.scheduler.store.NodeStore;
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
    private final LeaseTerm term;
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
            LeaseTerm term,
            Supplier<NodeReport> report,
            Runnable lost,
            Runnable registered) {
        this.nodes = nodes;
        this.profile = profile;
        this.term = term;
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
        LeaseTerm.Mark asked = term.now();
        if (current.isPresent() && nodes.renew(current.get(), term.length(), report.get())) {
            term.beginsAt(asked);
            return;
        }
        if (current.isPresent()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the lease of this server ran out; its runs are dropped and claimed anew");
            node = Optional.empty();
            term.ends();
            lost.run();
        }
        NodeId next = new NodeId(UUID.randomUUID());
        asked = term.now();
        nodes.register(next, profile, term.length());
        term.beginsAt(asked);
        node = Optional.of(next);
        registered.run();
    }

    /** Gives up the lease and every run, so that nobody has to wait for its end. */
    void release() {
        Optional<NodeId> current = node;
        node = Optional.empty();
        term.ends();
        current.ifPresent(nodes::release);
    }
}
