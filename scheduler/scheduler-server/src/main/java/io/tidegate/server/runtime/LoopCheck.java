package io.tidegate.server.runtime;

import com.codahale.metrics.health.HealthCheck;
import io.tidegate.scheduler.node.LoopLag;
import java.util.List;
import java.util.function.Supplier;

/** Whether every loop still goes round. */
final class LoopCheck extends HealthCheck {
    private final Supplier<List<LoopLag>> loops;

    LoopCheck(Supplier<List<LoopLag>> loops) {
        this.loops = loops;
    }

    @Override
    protected Result check() {
        List<String> silent = loops.get().stream()
                .filter(loop -> !loop.alive())
                .map(LoopLag::loop)
                .toList();
        return silent.isEmpty() ? Result.healthy() : Result.unhealthy("silent loops: " + String.join(", ", silent));
    }
}
