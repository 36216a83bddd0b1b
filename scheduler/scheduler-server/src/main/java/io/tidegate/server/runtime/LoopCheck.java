package io.tidegate.server.runtime;

import com.codahale.metrics.health.HealthCheck;
import io.tidegate.scheduler.engine.LoopHealth;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Whether every loop still goes round. */
final class LoopCheck extends HealthCheck {
    private final Supplier<List<LoopHealth>> loops;
    private final InstantSource clock;

    LoopCheck(Supplier<List<LoopHealth>> loops, InstantSource clock) {
        this.loops = loops;
        this.clock = clock;
    }

    @Override
    protected Result check() {
        List<String> silent = loops.get().stream()
                .filter(loop -> !loop.isAlive(clock.instant()))
                .map(LoopHealth::loop)
                .toList();
        return silent.isEmpty() ? Result.healthy() : Result.unhealthy("silent loops: " + String.join(", ", silent));
    }
}
