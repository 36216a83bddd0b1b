package io.tidegate.server.runtime;

import io.tidegate.scheduler.store.HistoryStore;
import io.tidegate.server.settings.HistorySection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go of old runs, a few at a time, so that nobody waits for it. Every server may do so: they skip what another one is busy with. */
record HistoryKeeping(HistoryStore store, HistorySection section, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryKeeping.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int RUNS_AT_ONCE = 50;
    private static final int MESSAGES_AT_ONCE = 1_000;
    private static final int BATCHES = 100;

    void start(Loops loops) {
        loops.every("history", EVERY, this::round);
    }

    private void round() {
        Optional<Instant> since = section.keptFor().map(clock.instant()::minus);
        HistoryStore.Retention retention = new HistoryStore.Retention(
                since, section.runs().map(OptionalInt::of).orElse(OptionalInt.empty()));
        int removed = 0;
        int last = RUNS_AT_ONCE;
        for (int batch = 0; batch < BATCHES && last > 0; batch++) {
            last = store.prune(retention, RUNS_AT_ONCE);
            removed += last;
        }
        since.ifPresent(this::messages);
        if (removed > 0) {
            LOG.info("{} runs are not kept any more", removed);
        }
    }

    private void messages(Instant before) {
        int last = MESSAGES_AT_ONCE;
        for (int batch = 0; batch < BATCHES && last == MESSAGES_AT_ONCE; batch++) {
            last = store.pruneMessages(before, MESSAGES_AT_ONCE);
        }
    }
}
