package io.tidegate.server.content;

import io.tidegate.scheduler.engine.OutputContents;
import io.tidegate.scheduler.lineage.PartitionUse.Content;
import io.tidegate.storage.FingerprintBounds;
import io.tidegate.storage.Storage;
import io.tidegate.storage.StorageLocation;
import io.tidegate.storage.Storages;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fingerprints of what steps wrote, taken where the files lie. Costs the end of an attempt {@link #LONGEST_WAIT} at most, all outputs together: where
 * a file system does not answer, its threads are soon all taken, and further attempts do not wait at all. Thread-safe.
 */
public final class StoredOutputs implements OutputContents, AutoCloseable {
    /** How long the end of an attempt waits. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(StoredOutputs.class);
    private static final int THREADS = 4;
    private static final int MOST_FILES = 2_000;
    private static final long MOST_BYTES = 64L << 20;

    private final Storages storages;
    private final Duration longestWait;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, THREADS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), StoredOutputs::named);

    public StoredOutputs(Storages storages) {
        this(storages, LONGEST_WAIT);
    }

    StoredOutputs(Storages storages, Duration longestWait) {
        this.storages = storages;
        this.longestWait = longestWait;
    }

    private static Thread named(Runnable task) {
        Thread thread = new Thread(task, "tidegate-fingerprint");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Map<String, Content> look(String owner, List<String> uris) {
        Map<String, Content> found = new HashMap<>();
        try {
            long end = System.nanoTime() + longestWait.toNanos();
            for (String uri : uris) {
                look(owner, uri, end - System.nanoTime()).ifPresent(content -> found.put(uri, content));
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    private Optional<Content> look(String owner, String uri, long nanoseconds) throws InterruptedException {
        Optional<StorageLocation> location = StorageLocation.of(uri);
        if (location.isEmpty() || nanoseconds <= 0) {
            return Optional.empty();
        }
        Future<Optional<Content>> looking;
        try {
            looking = threads.submit(() -> fingerprint(owner, location.get()));
        } catch (RejectedExecutionException allBusy) {
            return Optional.empty();
        }
        try {
            return looking.get(nanoseconds, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            LOG.info("no fingerprint of {}: looking at it takes longer than {}", uri, longestWait);
        } catch (ExecutionException problem) {
            LOG.info("no fingerprint of {}: {}", uri, problem.getCause().toString());
        } finally {
            looking.cancel(true);
        }
        return Optional.empty();
    }

    private Optional<Content> fingerprint(String owner, StorageLocation location) throws IOException {
        Storage storage = storages.of(owner);
        if (!storage.knows(location)) {
            return Optional.empty();
        }
        return storage.fingerprint(location, new FingerprintBounds(MOST_FILES, MOST_BYTES, longestWait))
                .map(found -> new Content(Optional.of(found.text()), Optional.empty(), Optional.of(found.bytes())));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
