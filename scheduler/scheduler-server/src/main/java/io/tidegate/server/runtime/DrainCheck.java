package io.tidegate.server.runtime;

import com.codahale.metrics.health.HealthCheck;
import java.util.function.BooleanSupplier;

/** Whether the server takes work. One that ends is not ready, though it still answers. */
final class DrainCheck extends HealthCheck {
    private final BooleanSupplier draining;

    DrainCheck(BooleanSupplier draining) {
        this.draining = draining;
    }

    @Override
    protected Result check() {
        return draining.getAsBoolean()
                ? Result.unhealthy("the server ends and gives its runs to the others")
                : Result.healthy();
    }
}
