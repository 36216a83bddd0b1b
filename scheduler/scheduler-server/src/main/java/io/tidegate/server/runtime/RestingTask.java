package io.tidegate.server.runtime;

import java.util.function.LongSupplier;

/** A repeated task that takes a twentieth of the time at most: after a long round the next ones do nothing. Used by one thread at a time. */
final class RestingTask implements Runnable {
    private static final int REST = 19;
    private static final long LONGEST_REST_NANOS = 10_000_000_000L;

    private final Runnable task;
    private final LongSupplier nanoTime;
    private long restUntil;

    /** @param nanoTime as {@link System#nanoTime} */
    RestingTask(Runnable task, LongSupplier nanoTime) {
        this.task = task;
        this.nanoTime = nanoTime;
        this.restUntil = nanoTime.getAsLong();
    }

    @Override
    public void run() {
        long begin = nanoTime.getAsLong();
        if (begin - restUntil < 0) {
            return;
        }
        try {
            task.run();
        } finally {
            long end = nanoTime.getAsLong();
            restUntil = end + Math.min(LONGEST_REST_NANOS, REST * (end - begin));
        }
    }
}
