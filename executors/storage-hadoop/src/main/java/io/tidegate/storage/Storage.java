package io.tidegate.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Files as one user may see them. Every method may block for as long as the file system takes; an interrupt ends it. What the file system
 * refuses or cannot do is an {@link IOException}. Safe for use by several threads.
 */
public interface Storage {
    /** Whether there is a file system for this kind of location. Says nothing of whether it answers. */
    boolean knows(StorageLocation location);

    /**
     * Looks at a partition: a folder, or a single file.
     *
     * @return {@link PartitionState#ABSENT} when there is nothing
     */
    PartitionState look(StorageLocation partition) throws IOException;

    /**
     * Identifies the content of a partition.
     *
     * @return empty when there is nothing, or the bounds do not suffice
     */
    Optional<Fingerprint> fingerprint(StorageLocation partition, FingerprintBounds bounds) throws IOException;

    /** Writes a file, and the folders above it, readable by this user alone. It appears whole or not at all, in the place of what was there. */
    void write(StorageLocation file, InputStream content) throws IOException;

    /** Bytes of a file; empty when there is none. */
    OptionalLong size(StorageLocation file) throws IOException;

    /**
     * A stretch of a file.
     *
     * @param offset first byte; beyond the end gives an empty array
     * @param maximumBytes most bytes returned
     */
    byte[] read(StorageLocation file, long offset, int maximumBytes) throws IOException;

    /** A file from its beginning; the caller closes it. */
    InputStream open(StorageLocation file) throws IOException;

    /**
     * Deletes the files below a folder, at any depth, that were last changed before an instant. Folders stay.
     *
     * @return how many files were deleted; 0 when there is no such folder
     */
    int deleteOlderThan(StorageLocation folder, Instant before) throws IOException;
}
