package io.tidegate.scheduler.engine;

import io.tidegate.executor.Executor;
import java.util.Optional;

/** The executors of this server, by the name DAGs choose them with. Safe for use by several threads. */
@FunctionalInterface
public interface ExecutorRegistry {
    /** The executor of that name, or empty when this server has none. */
    Optional<Executor> find(String name);
}
