package io.tidegate.scheduler.node;

/**
 * How the runs that go are spread over the nodes, as of one moment.
 *
 * @param own runs that this node owns
 * @param all runs that go, whoever owns them, also those that nobody owns just now
 * @param nodes nodes that are alive and not draining
 */
public record NodeLoad(int own, int all, int nodes) {
    /** A node that knows of no other and of no run. */
    public static final NodeLoad ALONE = new NodeLoad(0, 0, 1);

    /** Whether no other node can take runs. */
    public boolean isAlone() {
        return nodes < 2;
    }
}
