package io.tidegate.server.runtime;

import io.tidegate.scheduler.store.HistoryStore;
import io.tidegate.scheduler.store.HistoryStore.Retention;
import io.tidegate.server.settings.HistorySection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of old runs, a few at a time, so that nobody waits for it. Every server may do so: they skip what another one is busy with. When there is
 * more to do than a round may take, the next round follows at once, after the other tasks that wait.
 */
record HistoryKeeping(HistoryStore store, HistorySection section, InstantSource clock, LongSupplier nanoTime) {
    static final String LOOP = "history";

    private static final Logger LOG = LoggerFactory.getLogger(HistoryKeeping.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int STEPS_AT_ONCE = 1_000;
    private static final int MESSAGES_AT_ONCE = 1_000;

    void start(Loops loops) {
        loops.every(LOOP, EVERY, () -> {
            if (!round()) {
                loops.wake(LOOP);
            }
        });
    }

    /** Removes what is due, as far as the time of a round goes; says whether that was all. */
    boolean round() {
        long end = nanoTime.getAsLong() + ROUND.toNanos();
        Optional<Instant> since = section.keptFor().map(clock.instant()::minus);
        Retention retention =
                new Retention(since, section.runs().map(OptionalInt::of).orElse(OptionalInt.empty()));
        int removed = 0;
        boolean isAll = true;
        for (HistoryStore.Surplus surplus : store.surplus(retention)) {
            int last = 1;
            while (last > 0 && nanoTime.getAsLong() - end < 0) {
                last = store.prune(surplus, retention, STEPS_AT_ONCE);
                removed += last;
            }
            isAll &= last == 0;
        }
        if (removed > 0) {
            LOG.info("{} runs are not kept any more", removed);
        }
        return since.map(before -> messages(before, end)).orElse(true) && isAll;
    }

    private boolean messages(Instant before, long end) {
        OptionalLong next = OptionalLong.of(0);
        while (next.isPresent() && nanoTime.getAsLong() - end < 0) {
            next = store.pruneMessages(before, next.getAsLong(), MESSAGES_AT_ONCE);
        }
        return next.isEmpty();
    }
}
