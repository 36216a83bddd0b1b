package io.tidegate.storage.hadoop;

import io.tidegate.storage.Fingerprint;
import io.tidegate.storage.FingerprintBounds;
import io.tidegate.storage.PartitionState;
import io.tidegate.storage.Storage;
import io.tidegate.storage.StorageLocation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.UserGroupInformation;

/** Storage as one user of a login. Keeps nothing. */
final class HadoopStorage implements Storage {
    private final Login login;
    private final UserGroupInformation user;
    private final InstantSource clock;

    HadoopStorage(Login login, UserGroupInformation user, InstantSource clock) {
        this.login = login;
        this.user = user;
        this.clock = clock;
    }

    /** Something done on a file system. */
    @FunctionalInterface
    private interface Work<T> {
        T on(FileSystem files, Path path) throws IOException;
    }

    /** Hadoop says in many ways that it cannot do something; ours is one. */
    private <T> T with(StorageLocation location, Work<T> work) throws IOException {
        try {
            Path path = new Path(location.uri());
            return work.on(login.fileSystem(path, user), path);
        } catch (RuntimeException unusual) {
            // A name that cannot be resolved, a URI that cannot be read: the library's unchecked exceptions.
            throw new IOException(location + " cannot be used: " + unusual.getMessage(), unusual);
        }
    }

    @Override
    public boolean knows(StorageLocation location) {
        try {
            with(location, (files, path) -> files.getUri());
            return true;
        } catch (UnsupportedFileSystemException unknown) {
            return false;
        } catch (IOException unusable) {
            return unusable.getCause() == null;
        }
    }

    @Override
    public PartitionState look(StorageLocation partition) throws IOException {
        return with(
                partition,
                (files, path) -> PartitionWalk.of(files, path, PartitionWalk.MOST_FILES)
                        .map(PartitionWalk::state)
                        .orElse(PartitionState.ABSENT));
    }

    @Override
    public Optional<Fingerprint> fingerprint(StorageLocation partition, FingerprintBounds bounds) throws IOException {
        return with(partition, (files, path) -> {
            try {
                Fingerprinter fingerprinter = new Fingerprinter(files, bounds, clock);
                Optional<PartitionWalk> walk = PartitionWalk.of(files, path, bounds.files());
                return walk.isPresent() ? fingerprinter.of(walk.get()) : Optional.empty();
            } catch (PartitionWalk.TooManyFilesException beyond) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void write(StorageLocation file, InputStream content) throws IOException {
        with(file, (files, path) -> {
            // HDFS would make the folder as readable as the one above it.
            files.mkdirs(path.getParent());
            Path unfinished = new Path(path.getParent(), "." + path.getName() + ".unfinished");
            try (OutputStream target = files.create(unfinished, true)) {
                content.transferTo(target);
            }
            // Not every file system replaces a file by renaming another.
            if (!files.rename(unfinished, path)) {
                files.delete(path, false);
                if (!files.rename(unfinished, path)) {
                    throw new IOException(unfinished + " could not be renamed to " + path);
                }
            }
            return true;
        });
    }

    @Override
    public OptionalLong size(StorageLocation file) throws IOException {
        return with(file, (files, path) -> {
            try {
                return OptionalLong.of(files.getFileStatus(path).getLen());
            } catch (FileNotFoundException absent) {
                return OptionalLong.empty();
            }
        });
    }

    @Override
    public byte[] read(StorageLocation file, long offset, int maximumBytes) throws IOException {
        if (offset < 0 || maximumBytes < 0) {
            throw new IllegalArgumentException(
                    "offset " + offset + " and maximum " + maximumBytes + " must not be negative");
        }
        return with(file, (files, path) -> {
            long available = Math.max(0, files.getFileStatus(path).getLen() - offset);
            byte[] bytes = new byte[(int) Math.min(maximumBytes, available)];
            int filled = 0;
            try (FSDataInputStream source = files.open(path)) {
                int read = 0;
                while (filled < bytes.length && read >= 0) {
                    filled += read;
                    read = filled < bytes.length
                            ? source.read(offset + filled, bytes, filled, bytes.length - filled)
                            : -1;
                }
            }
            return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
        });
    }

    @Override
    public InputStream open(StorageLocation file) throws IOException {
        return with(file, FileSystem::open);
    }

    @Override
    public int deleteOlderThan(StorageLocation folder, Instant before) throws IOException {
        return with(folder, (files, path) -> {
            try {
                return deleteOlderThan(files, path, before);
            } catch (FileNotFoundException absent) {
                return 0;
            }
        });
    }

    private static int deleteOlderThan(FileSystem files, Path folder, Instant before) throws IOException {
        int deleted = 0;
        RemoteIterator<? extends FileStatus> entries = Entries.of(files, folder);
        while (entries.hasNext()) {
            if (Thread.interrupted()) {
                throw new InterruptedIOException("interrupted in " + folder);
            }
            FileStatus entry = entries.next();
            if (entry.isDirectory()) {
                deleted += deleteOlderThan(files, entry.getPath(), before);
            } else if (entry.getModificationTime() < before.toEpochMilli() && files.delete(entry.getPath(), false)) {
                deleted++;
            }
        }
        return deleted;
    }
}
