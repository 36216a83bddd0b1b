package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.node.BalanceRule;
import io.tidegate.scheduler.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Gives runs back when this node has more than its share, so that a node that comes gets work. Used by one thread. */
final class Balancer {
    private static final System.Logger LOG = System.getLogger(Balancer.class.getName());
    /** After runs came back that nobody else took, for whatever reason. */
    private static final Duration REST = Duration.ofMinutes(5);

    private final Neighbours neighbours;
    private final RunActors actors;
    private final InstantSource clock;
    private Surplus offered = Surplus.NONE;
    private Instant restsUntil = Instant.MIN;

    Balancer(Neighbours neighbours, RunActors actors, InstantSource clock) {
        this.neighbours = neighbours;
        this.actors = actors;
        this.clock = clock;
    }

    /** Looks how the runs are spread, and offers what is too much. What was offered before and not given is kept. */
    void round(NodeId self) {
        int surplus = BalanceRule.surplus(neighbours.look(self));
        offered.end();
        Instant now = clock.instant();
        if (offered.given().stream().anyMatch(run -> actors.find(run).isPresent())) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "runs that were offered to other servers came back; they are kept for {0}",
                    REST);
            restsUntil = now.plus(REST);
        }
        offered = Surplus.NONE;
        if (surplus > 0 && !now.isBefore(restsUntil)) {
            offered = new Surplus(surplus);
            actors.offer(offered);
        }
    }
}
