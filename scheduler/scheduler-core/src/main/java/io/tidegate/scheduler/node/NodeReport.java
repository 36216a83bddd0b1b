package io.tidegate.scheduler.node;

import java.util.List;

/**
 * What a node says of itself whenever it renews its lease.
 *
 * @param draining whether it is giving its runs back, and is to get no others
 */
public record NodeReport(boolean draining, List<LoopLag> loops) {
    public NodeReport {
        loops = List.copyOf(loops);
    }
}
