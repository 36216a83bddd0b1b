package io.tidegate.server.archive;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.io.InputStream;

/** What an attempt wrote: at its executor while there is something, in the archive afterwards. Looks anew each time. */
final class ArchivedOutput implements AttemptOutput {
    private final AttemptOutput near;
    private final AttemptArchive archive;
    private final LaunchKey key;

    ArchivedOutput(AttemptOutput near, AttemptArchive archive, LaunchKey key) {
        this.near = near;
        this.archive = archive;
        this.key = key;
    }

    @Override
    public long logSize() throws IOException {
        long size = near.logSize();
        return size > 0 ? size : archive.logSize(key).orElse(0);
    }

    @Override
    public byte[] readLog(long offset, int maximumBytes) throws IOException {
        if (near.logSize() > 0) {
            return near.readLog(offset, maximumBytes);
        }
        return archive.logSize(key).isPresent() ? archive.readLog(key, offset, maximumBytes) : new byte[0];
    }

    @Override
    public InputStream report() throws IOException {
        if (near.logSize() > 0 || archive.logSize(key).isEmpty()) {
            return near.report();
        }
        return archive.report(key);
    }
}
