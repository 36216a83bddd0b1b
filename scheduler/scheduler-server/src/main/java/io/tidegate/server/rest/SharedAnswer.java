package io.tidegate.server.rest;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One answer for all who ask before something changes. Whoever asks gets what was computed after everything that had changed when he asked, as
 * far as this server has heard of it; what it cannot hear of, such as other servers' writes, shows within a second. Computes one at a time: those
 * who come meanwhile share the answer, or the next one. Thread-safe.
 */
final class SharedAnswer<T> {
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Supplier<T> work;
    private final LongSupplier changes;
    private final LongSupplier nanoTime;
    private final ReentrantLock computing = new ReentrantLock();
    private volatile Computed<T> newest;

    /**
     * @param work computes the answer
     * @param changes grows with everything that changes
     * @param nanoTime as {@link System#nanoTime}
     */
    SharedAnswer(Supplier<T> work, LongSupplier changes, LongSupplier nanoTime) {
        this.work = work;
        this.changes = changes;
        this.nanoTime = nanoTime;
    }

    /**
     * @param seen how much had changed before it was begun
     * @param failure why there is no value; null when there is one
     */
    private record Computed<T>(long seen, long begun, long ended, T value, RuntimeException failure) {
        private boolean serves(long changed, long asked) {
            // Who waited for a computation takes what came of it, also when that is a failure or took long.
            boolean waited = ended - asked > 0;
            return seen >= changed && (waited || (failure == null && asked - begun < LONGEST.toNanos()));
        }

        private T take() {
            if (failure != null) {
                throw failure;
            }
            return value;
        }
    }

    T get() {
        long changed = changes.getAsLong();
        long asked = nanoTime.getAsLong();
        Computed<T> present = newest;
        if (present != null && present.serves(changed, asked)) {
            return present.take();
        }
        computing.lock();
        try {
            present = newest;
            if (present == null || !present.serves(changed, asked)) {
                present = compute();
                newest = present;
            }
        } finally {
            computing.unlock();
        }
        return present.take();
    }

    private Computed<T> compute() {
        long seen = changes.getAsLong();
        long begun = nanoTime.getAsLong();
        try {
            T value = work.get();
            return new Computed<>(seen, begun, nanoTime.getAsLong(), value, null);
        } catch (RuntimeException failure) {
            return new Computed<>(seen, begun, nanoTime.getAsLong(), null, failure);
        }
    }
}
