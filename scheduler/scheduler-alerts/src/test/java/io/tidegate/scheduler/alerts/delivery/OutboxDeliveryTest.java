package io.tidegate.scheduler.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidegate.scheduler.alerts.Samples;
import io.tidegate.scheduler.store.Outbox.Topic;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutboxDeliveryTest {
    private static final RetryPolicy RETRIES =
            new RetryPolicy(Duration.ofSeconds(8), Duration.ofMinutes(1), Duration.ofHours(1));

    private final MemoryOutbox outbox = new MemoryOutbox();
    private final SettableClock clock = new SettableClock(Samples.NOW);
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    @Test
    void everythingArrivesOnceAndInOrder() {
        for (int index = 1; index <= 250; index++) {
            add(index % 2 == 0 ? "even" : "odd", Integer.toString(index));
        }
        OutboxDelivery delivery = delivery(message -> arrived.add(message.reference()));
        assertThat(delivery.deliverDue()).as("more than one portion").isTrue();
        while (delivery.deliverDue()) {
            assertThat(arrived).hasSizeLessThanOrEqualTo(250);
        }
        assertThat(arrived).hasSize(250).doesNotHaveDuplicates();
        assertThat(arrived.stream()
                        .filter(text -> Integer.parseInt(text) % 2 == 0)
                        .map(Integer::parseInt))
                .isSorted();
        assertThat(delivery.delivered()).isEqualTo(250);
    }

    @Test
    void aFailureHoldsBackItsDestinationOnlyAndIsTriedAgainWithGrowingWaits() {
        long broken = add("broken", "1");
        long behind = add("broken", "2");
        add("fine", "3");
        List<Duration> waits = new ArrayList<>();
        OutboxDelivery delivery = delivery(message -> {
            if (message.destination().equals("broken") && waits.size() < 5) {
                throw DeliveryException.temporary("refused", null);
            }
            arrived.add(message.reference());
        });
        delivery.deliverDue();
        assertThat(arrived).containsExactly("3");
        for (int round = 0; round < 5; round++) {
            Duration wait = Duration.between(clock.instant(), outbox.next(broken));
            waits.add(wait);
            delivery.deliverDue();
            assertThat(outbox.state(behind)).isEqualTo("waiting");
            assertThat(Duration.between(clock.instant(), outbox.next(broken)))
                    .as("not tried early")
                    .isEqualTo(wait);
            clock.advance(wait);
            delivery.deliverDue();
        }
        assertThat(arrived).containsExactly("3", "1", "2");
        for (int tries = 0; tries < waits.size(); tries++) {
            Duration whole = Duration.ofSeconds(Math.min(60, 8L << tries));
            assertThat(waits.get(tries)).isBetween(whole.dividedBy(2), whole);
        }
        assertThat(delivery.failures()).isEqualTo(5);
    }

    @Test
    void aPermanentFailureIsGivenUpWithItsReasonAndLetsTheNextPass() {
        long bad = add("channel", "1");
        add("channel", "2");
        OutboxDelivery delivery = delivery(message -> {
            if (message.reference().equals("1")) {
                throw DeliveryException.permanent("answered 404");
            }
            arrived.add(message.reference());
        });
        delivery.deliverDue();
        assertThat(outbox.state(bad)).isEqualTo("abandoned");
        assertThat(outbox.problem(bad)).isEqualTo("answered 404");
        assertThat(arrived).containsExactly("2");
        assertThat(delivery.abandoned()).isEqualTo(1);
    }

    @Test
    void whatFailsForTooLongIsGivenUp() {
        long old = add("channel", "1");
        OutboxDelivery delivery = delivery(message -> {
            throw DeliveryException.temporary("refused", null);
        });
        clock.advance(Duration.ofHours(1).plusSeconds(1));
        delivery.deliverDue();
        assertThat(outbox.state(old)).isEqualTo("abandoned");
        assertThat(outbox.problem(old)).isEqualTo("refused; not tried again after 1 h");
    }

    @Test
    void aWaitTheOtherSideAsksForIsKeptUpToTheLongest() {
        long busy = add("channel", "1");
        delivery(message -> {
                    throw DeliveryException.after("busy", Optional.of(Duration.ofSeconds(45)));
                })
                .deliverDue();
        assertThat(outbox.next(busy)).isEqualTo(clock.instant().plusSeconds(45));
        clock.advance(Duration.ofSeconds(45));
        delivery(message -> {
                    throw DeliveryException.after("busy", Optional.of(Duration.ofDays(45)));
                })
                .deliverDue();
        assertThat(outbox.next(busy)).isEqualTo(clock.instant().plusSeconds(60));
    }

    @Test
    void aBugInADelivererIsAFailureLikeAnyOther() {
        long message = add("channel", "1");
        delivery(ignored -> {
                    throw new IllegalStateException("bug");
                })
                .deliverDue();
        assertThat(outbox.state(message)).isEqualTo("waiting");
        assertThat(outbox.problem(message)).contains("bug");
    }

    @Test
    void aRestartDeliversWhatIsLeftAndNothingTwice() {
        add("channel", "1");
        long second = add("channel", "2");
        add("channel", "3");
        delivery(message -> {
                    if (message.reference().equals("2")) {
                        throw DeliveryException.temporary("refused", null);
                    }
                    arrived.add(message.reference());
                })
                .deliverDue();
        clock.set(outbox.next(second));
        delivery(message -> arrived.add(message.reference())).deliverDue();
        assertThat(arrived).containsExactly("1", "2", "3");
    }

    @Test
    void withoutTheDatabaseNothingIsLost() {
        long message = add("channel", "1");
        OutboxDelivery delivery = delivery(sent -> {
            arrived.add(sent.reference());
            outbox.setUnavailable(arrived.size() == 1);
        });
        delivery.deliverDue();
        assertThatThrownBy(delivery::deliverDue).isInstanceOf(StoreUnavailableException.class);
        outbox.setUnavailable(false);
        delivery.deliverDue();
        assertThat(outbox.state(message)).isEqualTo("delivered");
        assertThat(arrived).as("at least once").containsExactly("1", "1");
    }

    @Test
    void aDestinationThatHangsKeepsNobodyElseWaiting() throws InterruptedException {
        add("slow", "1");
        add("fine", "2");
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService workers = Executors.newFixedThreadPool(2);
        Deliverer deliverer = message -> {
            if (message.destination().equals("slow")) {
                waitFor(release);
            }
            arrived.add(message.reference());
        };
        try (DeliveryLoop loop =
                new DeliveryLoop("test", delivery(deliverer, workers), Duration.ofMillis(5), System::nanoTime)) {
            loop.start();
            await().untilAsserted(() -> assertThat(arrived).containsExactly("2"));
            add("fine", "3");
            loop.wake();
            await().untilAsserted(() -> assertThat(arrived).containsExactly("2", "3"));
            release.countDown();
            await().untilAsserted(() -> assertThat(arrived).containsExactly("2", "3", "1"));
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void theLoopOutlivesTroubleWithTheDatabase() {
        outbox.setUnavailable(true);
        AtomicLong now = new AtomicLong();
        try (DeliveryLoop loop = new DeliveryLoop(
                "test", delivery(message -> arrived.add(message.reference())), Duration.ofMillis(5), now::get)) {
            loop.start();
            loop.wake();
            now.set(Duration.ofMinutes(1).toNanos());
            assertThat(loop.lag().alive()).isFalse();
            outbox.setUnavailable(false);
            add("channel", "1");
            await().untilAsserted(() -> assertThat(arrived).containsExactly("1"));
            await().untilAsserted(() -> assertThat(loop.lag().alive()).isTrue());
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long add(String destination, String reference) {
        return outbox.add(Topic.ALERT, destination, reference, "raised", Samples.NOW);
    }

    private OutboxDelivery delivery(Deliverer deliverer) {
        return delivery(deliverer, Runnable::run);
    }

    private OutboxDelivery delivery(Deliverer deliverer, Executor workers) {
        return new OutboxDelivery(
                outbox,
                Topic.ALERT,
                deliverer,
                RETRIES,
                new OutboxDelivery.Surroundings(clock, new Random(1), workers));
    }
}
