package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.node.NodeProfile;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The server an engine works in.
 *
 * @param profile what people know it by
 * @param loops the server's loops other than the engine's own, which other nodes are told of
 * @param nanoTime as {@link System#nanoTime}
 */
public record EngineHost(NodeProfile profile, Supplier<List<LoopLag>> loops, LongSupplier nanoTime) {
    public EngineHost {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(loops, "loops");
        Objects.requireNonNull(nanoTime, "nanoTime");
    }
}
