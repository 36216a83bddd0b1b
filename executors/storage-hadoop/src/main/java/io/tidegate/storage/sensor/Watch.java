package io.tidegate.storage.sensor;

import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One sensor that is watched. Looks, tells what changed, and looks again after a pause, one look at a time. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    /** Of what is written at the end there is one, whichever of a success and a cancellation comes first. */
    private static final Object ENDING = new Object();

    private final LaunchKey key;
    private final Condition condition;
    private final SensorFolder folder;
    private final ObservationListener listener;
    private final Surroundings around;
    private String said = "";

    /**
     * What watches share.
     *
     * @param all the watches that are wanted; whoever takes one out tells its end
     */
    record Surroundings(
            Condition.Looks looks, InstantSource clock, ScheduledExecutorService threads, Map<LaunchKey, Watch> all) {}

    Watch(LaunchKey key, Condition condition, SensorFolder folder, ObservationListener listener, Surroundings around) {
        this.key = key;
        this.condition = condition;
        this.folder = folder;
        this.listener = listener;
        this.around = around;
    }

    void begin() {
        around.threads().execute(this::round);
    }

    private void round() {
        if (around.all().get(key) != this) {
            return; // Another one listens by now, or nobody.
        }
        try {
            if (folder.end().isPresent() || look()) {
                end(key, folder, around.all(), Observation.Ended.succeeded());
                return;
            }
        } catch (IOException | RuntimeException problem) {
            LOG.warn("sensor {} looks again later", key, problem);
        }
        again();
    }

    private void again() {
        try {
            // A round never throws, so there is nothing the future could tell.
            var ignored =
                    around.threads().schedule(this::round, condition.poke().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("sensor {} is not watched any more", key);
        }
    }

    /** Whether what is waited for is there. */
    private boolean look() throws IOException {
        Instant now = around.clock().instant();
        Probe.Sighting seen;
        try {
            seen = condition.look(around.looks(), now);
        } catch (IOException problem) {
            tell(now, "cannot be looked at: " + problem.getMessage());
            return false;
        }
        if (seen.met()) {
            folder.say(now, condition.subject() + ": there, " + seen.words());
            return true;
        }
        tell(now, seen.words());
        return false;
    }

    private void tell(Instant now, String words) throws IOException {
        if (words.equals(said)) {
            return;
        }
        said = words;
        folder.say(now, condition.subject() + ": " + words);
        listener.observed(
                key,
                new Observation.Described(
                        Map.of(Observation.Described.REASON, "waits for " + condition.subject() + ": " + words)));
    }

    /** Ends a sensor that has not ended otherwise, and tells who watches it. */
    static void end(LaunchKey key, SensorFolder folder, Map<LaunchKey, Watch> all, Observation.Ended wanted) {
        try {
            Observation.Ended end;
            synchronized (ENDING) {
                Optional<Observation.Ended> before = folder.end();
                if (before.isEmpty()) {
                    folder.end(wanted);
                }
                end = before.orElse(wanted);
            }
            Watch watch = all.remove(key);
            if (watch != null) {
                watch.listener.observed(key, end);
            }
        } catch (IOException problem) {
            // Without a note of the end a restart would wait again; so it has not ended yet.
            LOG.warn("the end of sensor {} cannot be written down; it is tried again", key, problem);
            Watch watch = all.get(key);
            if (watch != null) {
                watch.again();
            }
        }
    }
}
