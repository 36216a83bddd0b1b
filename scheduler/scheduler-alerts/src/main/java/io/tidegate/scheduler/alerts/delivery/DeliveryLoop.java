package io.tidegate.scheduler.alerts.delivery;

import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.node.LoopPulse;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A thread that lets an {@link OutboxDelivery} deliver what is due: when it is woken, and from time to time. No trouble ends it. Methods may be
 * called from any thread.
 */
public final class DeliveryLoop implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DeliveryLoop.class.getName());

    /** Steps that end one after the other wake the loop each time; it looks once for all of them. */
    private static final long COMPANY_MILLIS = 100;

    /** Rounds that may be missing before something is wrong. */
    private static final int LATE = 15;

    private final OutboxDelivery delivery;
    private final Duration interval;
    private final LoopPulse pulse;
    private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param name of the loop and its thread
     * @param interval how long a due retry may wait to be noticed
     * @param nanoTime as {@link System#nanoTime}
     */
    public DeliveryLoop(String name, OutboxDelivery delivery, Duration interval, LongSupplier nanoTime) {
        this.delivery = Objects.requireNonNull(delivery, "delivery");
        this.interval = Objects.requireNonNull(interval, "interval");
        this.pulse = new LoopPulse(name, interval.multipliedBy(LATE), nanoTime);
        this.thread = new Thread(this::run, "tidegate-" + name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Says that something may be due; call it after a commit that wrote to the outbox. Never waits. */
    public void wake() {
        // A wake-up that is not taken yet stands for this one, too.
        boolean ignored = wakeUps.offer(true);
    }

    /** How long it has been silent. */
    public LoopLag lag() {
        return pulse.lag();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        boolean more = false;
        while (!closed) {
            try {
                more = tick();
            } catch (StoreUnavailableException e) {
                LOG.log(Level.WARNING, thread.getName() + " waits for the database: " + e.getMessage());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, thread.getName() + " had trouble and goes on", e);
            }
            try {
                pause(more);
            } catch (InterruptedException e) {
                // Only close interrupts; the loop's condition ends it.
                LOG.log(Level.DEBUG, thread.getName() + " was interrupted");
            }
        }
    }

    private boolean tick() {
        boolean more = delivery.deliverDue();
        pulse.beat();
        return more;
    }

    private void pause(boolean more) throws InterruptedException {
        long milliseconds = more ? Math.min(50, interval.toMillis()) : interval.toMillis();
        boolean woken = wakeUps.poll(milliseconds, TimeUnit.MILLISECONDS) != null;
        if (woken) {
            Thread.sleep(COMPANY_MILLIS);
            wakeUps.clear();
        }
    }
}
