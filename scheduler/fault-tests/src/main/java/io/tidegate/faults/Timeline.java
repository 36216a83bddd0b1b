package io.tidegate.faults;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When things happen, counted from the start of a soak by a clock that does not jump. */
final class Timeline {
    private final long startNanos = System.nanoTime();

    /** Waits until as much time has passed since the start. */
    void await(Duration at) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(at.toNanos() - (System.nanoTime() - startNanos));
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    static void pause(Duration length) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
    }
}
