package io.tidegate.server.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** How long tests wait for what a server does in its own time: long, because a busy machine may need half a minute to start one. */
public final class Waiting {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(40);

    private Waiting() {}

    /** Waits until something is so. */
    public static void until(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(PAUSE).until(condition);
    }
}
