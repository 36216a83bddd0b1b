package io.tidegate.executor.spark;

import io.tidegate.executor.AttemptOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a submit printed, followed by what its driver printed.
 *
 * @param submit output of the submit
 * @param driverLog the copy of the driver's log; missing until the submit has ended
 * @param refresh copies what is new
 */
record ClusterOutput(AttemptOutput submit, Path driverLog, Runnable refresh) implements AttemptOutput {
    @Override
    public long logSize() throws IOException {
        refresh.run();
        return submit.logSize() + (Files.exists(driverLog) ? Files.size(driverLog) : 0);
    }

    @Override
    public byte[] readLog(long offset, int maximumBytes) throws IOException {
        refresh.run();
        long submitSize = submit.logSize();
        if (offset < submitSize || !Files.exists(driverLog)) {
            byte[] first = submit.readLog(offset, maximumBytes);
            boolean more = offset + first.length >= submitSize && first.length < maximumBytes;
            return more ? joined(first, driver(0, maximumBytes - first.length)) : first;
        }
        return driver(offset - submitSize, maximumBytes);
    }

    private byte[] driver(long offset, int maximumBytes) throws IOException {
        if (!Files.exists(driverLog)) {
            return new byte[0];
        }
        try (RandomAccessFile file = new RandomAccessFile(driverLog.toFile(), "r")) {
            int length = (int) Math.max(0, Math.min(maximumBytes, file.length() - offset));
            byte[] bytes = new byte[length];
            file.seek(Math.min(offset, file.length()));
            file.readFully(bytes);
            return bytes;
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public InputStream report() throws IOException {
        refresh.run();
        return submit.report();
    }
}
