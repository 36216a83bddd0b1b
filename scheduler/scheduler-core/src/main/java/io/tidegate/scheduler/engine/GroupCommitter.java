package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.node.LoopPulse;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The one writer. A batch is whatever arrived while the last one was being written: nothing waits for company. While the database is away the
 * batch is kept, in order, and tried again; a commit that the database cannot take for another reason fails alone.
 */
final class GroupCommitter {
    private static final System.Logger LOG = System.getLogger(GroupCommitter.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(60);
    private static final int SAY_AGAIN = 20;

    /** Told once for each commit, on the thread that wrote it; must return quickly and not throw. */
    interface Callback {
        void done(CommitOutcome outcome);

        /** Nothing was written, and trying again would not help. */
        void failed(RuntimeException problem);
    }

    private record Entry(RunCommit commit, Callback callback) {}

    private final RunStore store;
    private final LoopPulse pulse;
    private final Patience patience;
    private final int largestBatch;
    // Empty means: look whether it is time to end.
    private final BlockingQueue<Optional<Entry>> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private final ReentrantLock writing = new ReentrantLock();
    private final Thread thread;
    private volatile boolean crowded;
    private volatile boolean closing;

    GroupCommitter(RunStore store, LongSupplier nanoTime, Patience patience, int largestBatch) {
        this.store = store;
        this.pulse = new LoopPulse("commit", LONGEST_WRITE, nanoTime);
        this.patience = patience;
        this.largestBatch = largestBatch;
        this.thread = Threads.named("commit").newThread(this::loop);
    }

    void start() {
        thread.start();
    }

    void submit(RunCommit commit, Callback callback) {
        queue.add(Optional.of(new Entry(commit, callback)));
    }

    /**
     * Writes a commit on the caller's thread, when nothing else is being written and the one before was alone as well: two changes of threads
     * less. Otherwise it is submitted.
     */
    void writeOrSubmit(RunCommit commit, Callback callback) {
        boolean alone = !crowded && !closing && queue.isEmpty() && writing.tryLock();
        if (!alone) {
            submit(commit, callback);
            return;
        }
        try {
            deliver(List.of(new Entry(commit, callback)), store.commit(List.of(commit)));
        } catch (StoreUnavailableException outage) {
            // Waiting for the database is the writer's.
            submit(commit, callback);
        } catch (RuntimeException problem) {
            callback.failed(problem);
        } finally {
            writing.unlock();
        }
    }

    LoopLag lag() {
        return pulse.lag();
    }

    private void loop() {
        try {
            while (!closing || !queue.isEmpty()) {
                pulse.beat();
                List<Entry> batch = nextBatch();
                if (!batch.isEmpty() && !writeAlone(batch)) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for something to write, and takes what else is there; empty when there was nothing for a while. */
    private List<Entry> nextBatch() throws InterruptedException {
        Optional<Entry> first = queue.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        List<Optional<Entry>> batch = new ArrayList<>();
        batch.add(first);
        queue.drainTo(batch, largestBatch - 1);
        return batch.stream().flatMap(Optional::stream).toList();
    }

    private boolean writeAlone(List<Entry> batch) throws InterruptedException {
        writing.lockInterruptibly();
        try {
            crowded = batch.size() > 1;
            return write(batch);
        } finally {
            writing.unlock();
        }
    }

    /** Writes the batch, however long it takes; false when that was given up. */
    private boolean write(List<Entry> batch) throws InterruptedException {
        int failures = 0;
        while (true) {
            try {
                deliver(batch, store.commit(batch.stream().map(Entry::commit).toList()));
                return true;
            } catch (StoreUnavailableException outage) {
                failures++;
                say(batch.size(), failures, outage);
                if (abandoned.await(patience.after(failures).toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
                pulse.beat();
            } catch (RuntimeException problem) {
                return writeApart(batch, problem);
            }
        }
    }

    /** One commit spoils the batch: written one by one, only that one fails. */
    private boolean writeApart(List<Entry> batch, RuntimeException problem) throws InterruptedException {
        if (batch.size() == 1) {
            batch.get(0).callback().failed(problem);
            return true;
        }
        for (Entry entry : batch) {
            if (!write(List.of(entry))) {
                return false;
            }
        }
        return true;
    }

    private static void deliver(List<Entry> batch, List<CommitOutcome> outcomes) {
        for (int index = 0; index < batch.size(); index++) {
            batch.get(index).callback().done(outcomes.get(index));
        }
    }

    private static void say(int size, int failures, StoreUnavailableException outage) {
        if (failures % SAY_AGAIN == 1) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} commits wait for the database: {1}",
                    size,
                    Optional.ofNullable(outage.getMessage()).orElse("not available"));
        }
    }

    /** Writes what is waiting, as far as the database takes it in time. */
    void close(Duration patienceAtEnd) throws InterruptedException {
        closing = true;
        queue.add(Optional.empty());
        thread.join(patienceAtEnd.toMillis());
        abandoned.countDown();
        thread.join(TICK.toMillis());
        thread.interrupt();
    }
}
