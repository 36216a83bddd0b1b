package io.tidegate.server.archive;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.server.report.AttemptReports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what attempts wrote, and lets go of it when it is old. One thread of its own does everything, so that nothing is archived twice at
 * once and a file system that does not answer delays nobody else. What was missed, by a crash or a full queue, the next round makes good.
 * Thread-safe.
 */
public final class Archivist implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Archivist.class);
    private static final int LONGEST_QUEUE = 10_000;

    private final Attempts attempts;
    private final AttemptFolders folders;
    private final Optional<AttemptArchive> archive;
    private final Keeping keeping;
    private final InstantSource clock;
    private final AtomicBoolean roundWaits = new AtomicBoolean();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LONGEST_QUEUE), Archivist::named);

    /**
     * How long what is kept.
     *
     * @param folders folders of ended attempts on this machine; for good when absent
     * @param archived what is in the archive; for good when absent
     */
    public record Keeping(Optional<Duration> folders, Optional<Duration> archived) {}

    /**
     * What is known of attempts.
     *
     * @param outputs what an executor has of an attempt, by the executor's name
     * @param reports everything an attempt reported
     * @param end where and when an attempt ended; empty while it goes on
     */
    public record Attempts(
            BiFunction<String, LaunchKey, AttemptOutput> outputs,
            AttemptReports reports,
            Function<LaunchKey, Optional<RunViews.AttemptEnd>> end) {}

    /** @param folder the folder that holds the attempts' folders */
    public Archivist(
            Attempts attempts, Path folder, Optional<AttemptArchive> archive, Keeping keeping, InstantSource clock) {
        this.attempts = attempts;
        this.folders = new AttemptFolders(folder);
        this.archive = archive;
        this.keeping = keeping;
        this.clock = clock;
    }

    private static Thread named(Runnable task) {
        Thread thread = new Thread(task, "tidegate-archive");
        thread.setDaemon(true);
        return thread;
    }

    /** What an attempt wrote, wherever it is by now. */
    public AttemptOutput output(String executor, LaunchKey key) {
        AttemptOutput near = attempts.outputs().apply(executor, key);
        // While an attempt goes on nobody asks the archive, which may be far away.
        boolean going = folders.exists(key) && !folders.isArchived(key);
        return archive.isEmpty() || going ? near : new ArchivedOutput(near, archive.get(), key);
    }

    /** An attempt has ended: it is archived soon. Returns at once. */
    public void ended(String executor, LaunchKey key) {
        archive.ifPresent(target -> submit(() -> {
            try {
                put(target, executor, key);
            } catch (IOException | RuntimeException problem) {
                LOG.warn("attempt {} is not archived yet: {}", key, problem.toString());
            }
        }));
    }

    /** Archives what was missed, and deletes what is old. Returns at once; does nothing when the round before has not begun yet. */
    public void round() {
        if (roundWaits.compareAndSet(false, true)) {
            submit(() -> {
                roundWaits.set(false);
                try {
                    lookAtFolders();
                    letGoOfTheArchive();
                } catch (IOException | RuntimeException problem) {
                    LOG.warn("attempts could not be tidied up: {}", problem.toString());
                }
            });
        }
    }

    private void submit(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException tooMany) {
            LOG.debug("left to the next round: the archive is slow, or the server ends");
        }
    }

    private void lookAtFolders() throws IOException {
        int kept = 0;
        Optional<String> trouble = Optional.empty();
        for (LaunchKey key : folders.keys()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            try {
                lookAt(key);
            } catch (IOException problem) {
                kept++;
                trouble = Optional.of(key + ": " + problem);
            }
        }
        if (trouble.isPresent()) {
            LOG.warn("{} attempts could not be archived or deleted, the last is {}", kept, trouble.get());
        }
    }

    private void lookAt(LaunchKey key) throws IOException {
        boolean missing = archive.isPresent() && !folders.isArchived(key);
        Optional<Instant> limit = keeping.folders().map(age -> clock.instant().minus(age));
        boolean mayBeOld = limit.isPresent() && !folders.changedAfter(key, limit.get());
        if (!missing && !mayBeOld) {
            return;
        }
        Optional<RunViews.AttemptEnd> end = attempts.end().apply(key);
        if (end.isEmpty()) {
            return;
        }
        if (missing) {
            put(archive.get(), end.get().executor(), key);
        }
        if (limit.isPresent() && end.get().at().isBefore(limit.get())) {
            folders.delete(key);
        }
    }

    private void put(AttemptArchive target, String executor, LaunchKey key) throws IOException {
        AttemptOutput output = attempts.outputs().apply(executor, key);
        try (InputStream report = attempts.reports().open(key, output)) {
            target.put(key, output, report);
        }
        folders.markArchived(key);
    }

    private void letGoOfTheArchive() throws IOException {
        if (archive.isPresent() && keeping.archived().isPresent()) {
            Instant before = clock.instant().minus(keeping.archived().get());
            int files = archive.get().deleteOlderThan(before);
            if (files > 0) {
                LOG.info("{} files from before {} were deleted from the archive", files, before);
            }
        }
    }

    /** Ends at once; what is not archived yet, the next server archives. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
