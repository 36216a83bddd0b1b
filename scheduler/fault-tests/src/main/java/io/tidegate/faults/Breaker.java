package io.tidegate.faults;

import io.tidegate.faults.SoakPlan.PlannedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Breaks servers as the plan says, and starts them again. One thread breaks, another revives. */
final class Breaker {
    private static final int MOST_SECONDS_OFF = 3_600;

    private final List<Node> nodes;
    private final String jdbcUrl;
    private final Findings findings;
    private final Set<Node> struck = ConcurrentHashMap.newKeySet();

    Breaker(List<Node> nodes, String jdbcUrl, Findings findings) {
        this.nodes = List.copyOf(nodes);
        this.jdbcUrl = jdbcUrl;
        this.findings = findings;
    }

    void strike(PlannedFault fault) throws IOException, InterruptedException {
        Node node = nodes.get(fault.node());
        synchronized (this) {
            if (!node.isAlive()) {
                findings.note("server " + node.number() + " is down already");
                return;
            }
            struck.add(node);
        }
        try {
            strike(node, fault);
        } finally {
            struck.remove(node);
        }
    }

    private void strike(Node node, PlannedFault fault) throws IOException, InterruptedException {
        switch (fault.fault()) {
            case KILL -> {
                node.kill();
                Timeline.pause(fault.hold());
                node.start(jdbcUrl);
            }
            case TERMINATE -> {
                if (!node.terminate()) {
                    findings.note("server " + node.number() + " did not end when asked to, and was killed");
                }
                Timeline.pause(fault.hold());
                node.start(jdbcUrl);
            }
            case FREEZE -> {
                node.freeze();
                Timeline.pause(fault.hold());
                node.thaw();
            }
            case CLOCK_JUMP -> jump(node, fault);
            default -> throw new IllegalArgumentException(fault.fault() + " does not strike one server");
        }
    }

    private static void jump(Node node, PlannedFault fault) throws IOException, InterruptedException {
        node.clockIsOffBy(Math.round((fault.strength() * 2 - 1) * MOST_SECONDS_OFF));
        Duration hold = fault.hold();
        Timeline.pause(hold);
        node.clockIsOffBy(0);
    }

    /** A server that ended by itself is started again, as a service manager does; one that was up before must not have. */
    synchronized void reviveTheDead() throws IOException {
        for (Node node : nodes) {
            if (!struck.contains(node) && node.exitCode().isPresent()) {
                findings.note("server " + node.number() + " had ended by itself with exit code "
                        + node.exitCode().orElseThrow() + " and is started again"
                        + (node.wasUp() ? "" : "; it had not come up"));
                if (node.wasUp()) {
                    findings.violation("I2", "server " + node.number() + " ended by itself, see its output");
                }
                node.start(jdbcUrl);
            }
        }
    }
}
