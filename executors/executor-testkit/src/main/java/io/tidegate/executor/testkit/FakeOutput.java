package io.tidegate.executor.testkit;

import io.tidegate.executor.AttemptOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Log and report of a fake job, in memory. Safe for use by several threads. */
final class FakeOutput implements AttemptOutput {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ByteArrayOutputStream report = new ByteArrayOutputStream();

    synchronized void appendLog(String text) {
        log.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    synchronized void appendReport(String text) {
        report.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized long logSize() {
        return log.size();
    }

    @Override
    public synchronized byte[] readLog(long offset, int maximumBytes) {
        byte[] bytes = log.toByteArray();
        int from = (int) Math.min(offset, bytes.length);
        return Arrays.copyOfRange(bytes, from, from + Math.min(maximumBytes, bytes.length - from));
    }

    @Override
    public synchronized InputStream report() {
        return new ByteArrayInputStream(report.toByteArray());
    }
}
