package io.tidegate.scheduler.node;

/**
 * How runs are spread over nodes. A node gives some back only when it has clearly more than its share, and then as many as bring it to
 * its share; it takes runs that are going only up to its share. Between the two lies a slack, so that no run goes to and fro.
 */
public final class BalanceRule {
    private static final int SLACK_PARTS = 10;

    private BalanceRule() {}

    /** How many runs this node has too many; 0 when it should keep what it has. */
    public static int surplus(NodeLoad load) {
        if (load.isAlone()) {
            return 0;
        }
        int share = share(load);
        int slack = 1 + share / SLACK_PARTS;
        return load.own() > share + slack ? load.own() - share : 0;
    }

    /** How many runs that are going and that nobody owns this node may take. All nodes' room together suffices for all of them. */
    public static int room(NodeLoad load) {
        return load.isAlone() ? Integer.MAX_VALUE : Math.max(0, share(load) - load.own());
    }

    private static int share(NodeLoad load) {
        return (load.all() + load.nodes() - 1) / load.nodes();
    }
}
