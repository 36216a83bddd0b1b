package io.tidegate.storage.hadoop;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.viewfs.ViewFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** Lists folders at the least cost. */
final class Entries {
    private Entries() {}

    /**
     * What lies in a folder, or the file itself. Only HDFS is asked for blocks, which tell whether a file is being written: for a file of this
     * machine the question would start a process to learn its owner.
     */
    static RemoteIterator<? extends FileStatus> of(FileSystem files, Path path) throws IOException {
        return files instanceof DistributedFileSystem || files instanceof ViewFileSystem
                ? files.listLocatedStatus(path)
                : files.listStatusIterator(path);
    }
}
