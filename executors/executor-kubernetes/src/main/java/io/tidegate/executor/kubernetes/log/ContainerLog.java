package io.tidegate.executor.kubernetes.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The log of one container on its way into the attempt's log. How far it came is written down beside the log after each piece, so that
 * another connection, or the next server, goes on exactly there. A server that is killed between a piece and its note has the next one write that
 * piece again. Safe for use by several threads.
 */
public final class ContainerLog {
    /** How much earlier than the line before it a line may be. */
    private static final Duration LATENESS = Duration.ofSeconds(1);

    private final Path positionFile;
    private final OutputStream sink;
    private LogPosition position;
    private Receiver newest;

    /**
     * @param positionFile where the position is kept
     * @param sink the attempt's log
     * @param prefix what each line is to begin with; empty text hands the log on byte for byte
     * @throws IOException when the position cannot be read
     */
    public ContainerLog(Path positionFile, OutputStream sink, String prefix) throws IOException {
        this.positionFile = positionFile;
        this.sink = prefix.isEmpty() ? sink : new PrefixedLines(sink, prefix);
        this.position = read(positionFile);
    }

    private static LogPosition read(Path file) throws IOException {
        try {
            return LogPosition.read(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException none) {
            return LogPosition.START;
        }
    }

    /** The time from which the cluster is to send the log; absent for all of it. */
    public synchronized Optional<String> since() {
        return LogPosition.instant(position.stamp())
                .map(time -> time.minus(LATENESS).toString());
    }

    /**
     * Takes what one connection sends.
     *
     * @return receives the log with timestamps, from {@link #since} on; closing it tells that the connection has ended. Only the newest receiver
     *     of a log is heard.
     */
    public synchronized OutputStream receiver() {
        return new Receiver(new StampedLines(sink, position));
    }

    private final class Receiver extends OutputStream {
        private final StampedLines lines;

        Receiver(StampedLines lines) {
            this.lines = lines;
            newest = this;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            synchronized (ContainerLog.this) {
                if (newest == this) {
                    lines.write(bytes, offset, length);
                    keep(lines.position());
                }
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (ContainerLog.this) {
                if (newest == this) {
                    lines.end();
                    newest = null;
                }
            }
        }
    }

    /** The log is complete. */
    public synchronized void close() throws IOException {
        if (sink instanceof PrefixedLines lines) {
            lines.close();
        }
    }

    private void keep(LogPosition now) throws IOException {
        position = now;
        Files.writeString(
                positionFile,
                now.write(),
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                // Never empty in between: a server that is killed just then would begin at the beginning again.
                StandardOpenOption.WRITE);
    }
}
