package io.tidegate.server.archive;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import io.tidegate.storage.StorageLocation;
import io.tidegate.storage.Storages;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Logs and reports of ended attempts, two files for each: {@code <launch key>.log} and {@code <launch key>.report.jsonl}, in 256 folders so
 * that none grows beyond what a file system bears. Keeps nothing in memory. Thread-safe.
 */
public final class AttemptArchive {
    private static final int FOLDERS = 256;

    private final Storages storages;
    private final StorageLocation root;

    public AttemptArchive(Storages storages, StorageLocation root) {
        this.storages = storages;
        this.root = root;
    }

    /**
     * Takes an attempt in. The log comes last, so that where there is one, all is there. What was archived before is replaced.
     *
     * @param report everything it reported; not closed
     */
    void put(LaunchKey key, AttemptOutput output, InputStream report) throws IOException {
        storages.own().write(file(key, ".report.jsonl"), report);
        try (InputStream log = new LogStream(output)) {
            storages.own().write(log(key), log);
        }
    }

    /** Bytes of an archived log; empty when the attempt is not in the archive. */
    OptionalLong logSize(LaunchKey key) throws IOException {
        return storages.own().size(log(key));
    }

    byte[] readLog(LaunchKey key, long offset, int maximumBytes) throws IOException {
        return storages.own().read(log(key), offset, maximumBytes);
    }

    InputStream report(LaunchKey key) throws IOException {
        return storages.own().open(file(key, ".report.jsonl"));
    }

    /** Deletes what was archived before an instant, and says how many files that were. */
    int deleteOlderThan(Instant before) throws IOException {
        return storages.own().deleteOlderThan(root, before);
    }

    private StorageLocation log(LaunchKey key) {
        return file(key, ".log");
    }

    private StorageLocation file(LaunchKey key, String end) {
        int folder = Math.floorMod(key.value().hashCode(), FOLDERS);
        return root.below(String.format("%02x/%s%s", folder, key.value(), end));
    }
}
