package io.tidegate.server.archive;

import io.tidegate.executor.AttemptOutput;
import java.io.IOException;
import java.io.InputStream;

/** The log of an attempt from beginning to end, as far as it went when the stream was opened. Not thread-safe. */
final class LogStream extends InputStream {
    private final AttemptOutput output;
    private final long size;
    private long offset;

    LogStream(AttemptOutput output) throws IOException {
        this.output = output;
        this.size = output.logSize();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        int most = (int) Math.min(length, size - offset);
        if (most <= 0) {
            return length == 0 ? 0 : -1;
        }
        byte[] bytes = output.readLog(offset, most);
        System.arraycopy(bytes, 0, target, start, bytes.length);
        offset += bytes.length;
        return bytes.length == 0 ? -1 : bytes.length;
    }
}
