package io.tidegate.scheduler.alerts.delivery;

import io.tidegate.scheduler.store.Outbox;
import io.tidegate.scheduler.store.Outbox.Message;
import io.tidegate.scheduler.store.Outbox.Topic;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Delivers the messages of one topic of the outbox. Messages of one destination go one after the other, in order: a failed one holds the later ones
 * back until it arrives or is given up. Destinations do not wait for each other. What arrives just before a crash arrives again after it, so
 * receivers get an identifier to tell.
 */
public final class OutboxDelivery {
    private static final Logger LOG = System.getLogger(OutboxDelivery.class.getName());
    private static final int PORTION = 100;

    private final Outbox outbox;
    private final Topic topic;
    private final Deliverer deliverer;
    private final RetryPolicy retries;
    private final Surroundings surroundings;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> heldBack = new ConcurrentHashMap<>();
    private final Totals totals = new Totals();

    /**
     * @param workers runs the deliveries of a destination; a destination that hangs keeps one of its threads
     */
    public record Surroundings(InstantSource clock, RandomGenerator random, Executor workers) {
        public Surroundings {
            Objects.requireNonNull(clock, "clock");
            Objects.requireNonNull(random, "random");
            Objects.requireNonNull(workers, "workers");
        }
    }

    /** What came of messages since the start. */
    private static final class Totals {
        final AtomicLong delivered = new AtomicLong();
        final AtomicLong failures = new AtomicLong();
        final AtomicLong abandoned = new AtomicLong();
    }

    public OutboxDelivery(
            Outbox outbox, Topic topic, Deliverer deliverer, RetryPolicy retries, Surroundings surroundings) {
        this.outbox = Objects.requireNonNull(outbox, "outbox");
        this.topic = Objects.requireNonNull(topic, "topic");
        this.deliverer = Objects.requireNonNull(deliverer, "deliverer");
        this.retries = Objects.requireNonNull(retries, "retries");
        this.surroundings = Objects.requireNonNull(surroundings, "surroundings");
    }

    /** Messages that arrived since the start. */
    public long delivered() {
        return totals.delivered.get();
    }

    /** Tries that failed since the start. */
    public long failures() {
        return totals.failures.get();
    }

    /** Messages that were given up since the start. */
    public long abandoned() {
        return totals.abandoned.get();
    }

    /**
     * Hands what is due to the workers; returns without waiting for them.
     *
     * @return whether there may be more that is due now
     * @throws StoreUnavailableException when the outbox cannot be read; the same call may work later
     */
    public boolean deliverDue() {
        Instant now = surroundings.clock().instant();
        List<Message> due = outbox.due(topic, now, PORTION);
        Map<String, List<Message>> byDestination = due.stream()
                .collect(Collectors.groupingBy(Message::destination, LinkedHashMap::new, Collectors.toList()));
        byDestination.forEach((destination, messages) -> {
            boolean waits = heldBack.getOrDefault(destination, Instant.MIN).isAfter(now);
            if (!waits && busy.add(destination)) {
                surroundings.workers().execute(() -> deliver(destination, messages));
            }
        });
        return due.size() == PORTION;
    }

    private void deliver(String destination, List<Message> messages) {
        try {
            heldBack.remove(destination);
            for (Message message : messages) {
                if (!settle(message)) {
                    return;
                }
            }
        } catch (StoreUnavailableException e) {
            // The message stays due; it may arrive twice, which its receiver can tell by the identifier.
            LOG.log(Level.WARNING, "Deliveries to " + name(destination) + " wait for the database: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Deliveries to " + name(destination) + " stopped and are tried again", e);
        } finally {
            busy.remove(destination);
        }
    }

    /** Whether the destination's next message may go. */
    private boolean settle(Message message) {
        try {
            deliverer.deliver(message);
            outbox.delivered(message.id(), surroundings.clock().instant());
            totals.delivered.incrementAndGet();
            return true;
        } catch (DeliveryException e) {
            return failed(message, e.getMessage(), e.isPermanent(), e.retryAfter());
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "Delivery of " + message.reference() + " to " + name(message.destination()) + " failed",
                    e);
            return failed(message, "internal problem, see the server's log: " + e, false, Optional.empty());
        }
    }

    private boolean failed(Message message, String problem, boolean permanent, Optional<Duration> retryAfter) {
        Instant now = surroundings.clock().instant();
        totals.failures.incrementAndGet();
        boolean tooOld = message.createdAt().plus(retries.maximumAge()).isBefore(now);
        if (permanent || tooOld) {
            totals.abandoned.incrementAndGet();
            String reason = permanent
                    ? problem
                    : problem + "; not tried again after "
                            + retries.maximumAge().toHours() + " h";
            outbox.abandoned(message.id(), reason);
            LOG.log(
                    Level.WARNING,
                    topic + " " + message.reference() + " will not reach " + name(message.destination()) + ": "
                            + reason);
            return true;
        }
        Instant next = now.plus(retries.wait(message.tries(), retryAfter, surroundings.random()));
        heldBack.put(message.destination(), next);
        outbox.failed(message.id(), problem, next);
        return false;
    }

    private static String name(String destination) {
        return destination.isEmpty() ? "the receiver" : "channel " + destination;
    }
}
