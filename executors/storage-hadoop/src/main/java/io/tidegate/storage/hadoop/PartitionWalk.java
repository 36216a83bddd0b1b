package io.tidegate.storage.hadoop;

import io.tidegate.storage.PartitionState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.protocol.HdfsLocatedFileStatus;

/** All that lies in a partition, looked at once. */
final class PartitionWalk {
    /** A partition with more files is beyond what is looked at again and again. */
    static final int MOST_FILES = 100_000;

    private static final String SUCCESS = "_SUCCESS";
    private static final int DEEPEST = 32;
    /** Others make up a time for a folder, such as that of the question. */
    private static final Set<String> FOLDERS_HAVE_TIMES = Set.of("file", "hdfs", "viewfs");

    private final FileSystem files;
    private final boolean foldersHaveTimes;
    private final int most;
    private final List<Data> data = new ArrayList<>();
    private boolean success;
    private int seen;
    private int open;
    private long newest;

    /**
     * A file of data.
     *
     * @param name its path below the partition
     */
    record Data(String name, FileStatus status) {}

    /** There are more files than are looked at. */
    static final class TooManyFilesException extends IOException {
        private static final long serialVersionUID = 1L;

        TooManyFilesException(String message) {
            super(message);
        }
    }

    private PartitionWalk(FileSystem files, int most) {
        this.files = files;
        this.foldersHaveTimes = FOLDERS_HAVE_TIMES.contains(files.getUri().getScheme());
        this.most = most;
    }

    /**
     * Looks at a partition.
     *
     * @return empty when there is nothing
     * @throws TooManyFilesException when there are more files than that
     */
    static Optional<PartitionWalk> of(FileSystem files, Path partition, int most) throws IOException {
        try {
            PartitionWalk walk = new PartitionWalk(files, most);
            FileStatus root = files.getFileStatus(partition);
            if (root.isDirectory()) {
                walk.folder(root, "", true, DEEPEST);
            } else {
                walk.look(Entries.of(files, partition), "", true, 0);
            }
            walk.data.sort(Comparator.comparing(Data::name));
            return Optional.of(walk);
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        }
    }

    private void folder(FileStatus folder, String name, boolean visible, int depth) throws IOException {
        if (depth == 0) {
            throw new IOException(folder.getPath() + " lies deeper than " + DEEPEST + " folders in its partition");
        }
        if (foldersHaveTimes) {
            newest = Math.max(newest, folder.getModificationTime());
        }
        look(Entries.of(files, folder.getPath()), name, visible, depth);
    }

    private void look(RemoteIterator<? extends FileStatus> entries, String above, boolean visible, int depth)
            throws IOException {
        while (entries.hasNext()) {
            if (Thread.interrupted()) {
                throw new InterruptedIOException("interrupted after " + seen + " files");
            }
            FileStatus entry = entries.next();
            String name = entry.getPath().getName();
            boolean isData = visible && !name.startsWith("_") && !name.startsWith(".");
            if (entry.isDirectory()) {
                folder(entry, above + name + "/", isData, depth - 1);
            } else {
                file(entry, above + name, isData);
            }
        }
    }

    private void file(FileStatus file, String name, boolean isData) throws TooManyFilesException {
        if (++seen > most) {
            throw new TooManyFilesException("there are more than " + most + " files");
        }
        newest = Math.max(newest, file.getModificationTime());
        success |= name.equals(SUCCESS);
        if (isData) {
            data.add(new Data(name, file));
        }
        // HDFS shows a length and an old time while somebody is still writing, so that neither says whether a file is
        // whole.
        if (file instanceof HdfsLocatedFileStatus hdfs
                && hdfs.getLocatedBlocks() != null
                && hdfs.getLocatedBlocks().isUnderConstruction()) {
            open++;
        }
    }

    /** Files of data by name. */
    List<Data> data() {
        return List.copyOf(data);
    }

    PartitionState state() {
        long bytes = data.stream().mapToLong(file -> file.status().getLen()).sum();
        return new PartitionState(
                true,
                success,
                data.size(),
                bytes,
                open,
                newest > 0 ? Optional.of(Instant.ofEpochMilli(newest)) : Optional.empty());
    }
}
