package io.tidegate.executor.process;

import io.tidegate.executor.AttemptOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/** Log and report as files of the attempt's folder. */
final class FolderOutput implements AttemptOutput {
    private final AttemptFolder folder;
    private final AttemptLog log;

    FolderOutput(AttemptFolder folder) {
        this.folder = folder;
        this.log = new AttemptLog(folder);
    }

    @Override
    public long logSize() throws IOException {
        return log.size();
    }

    @Override
    public byte[] readLog(long offset, int maximumBytes) throws IOException {
        return log.read(offset, maximumBytes);
    }

    @Override
    public InputStream report() throws IOException {
        try {
            return Files.newInputStream(folder.report());
        } catch (NoSuchFileException e) {
            return InputStream.nullInputStream();
        }
    }
}
