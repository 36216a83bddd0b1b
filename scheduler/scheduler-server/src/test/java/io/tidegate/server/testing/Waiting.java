package io.tidegate.server.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** How long tests wait for what a server does in its own time. */
public final class Waiting {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(40);

    private Waiting() {}

    /** Waits until something is so. */
    public static void until(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(PAUSE).until(condition);
    }
}
