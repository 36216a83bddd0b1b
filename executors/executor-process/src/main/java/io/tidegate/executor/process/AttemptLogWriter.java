package io.tidegate.executor.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Writes an attempt's log in the layout of its folder, for executors whose programs run elsewhere: the first bytes go to {@code log}, the
 * newest ones to at most three segments. Goes on where an earlier writer stopped. Safe for use by several threads.
 */
public final class AttemptLogWriter extends OutputStream {
    private final AttemptFolder folder;
    private final long head;
    private final long segment;
    private OutputStream current;
    private long room;
    private int number;

    /**
     * Opens the log for more.
     *
     * @param limit most bytes kept, the same at each opening of the same log
     * @throws IOException when the folder cannot be written
     */
    public AttemptLogWriter(AttemptFolder folder, long limit) throws IOException {
        this.folder = folder;
        this.head = ProcessSettings.logHead(limit);
        this.segment = ProcessSettings.logSegment(limit);
        this.number = newestSegment();
        Path file = number == 0 ? folder.log() : segmentFile(number);
        this.room = (number == 0 ? head : segment) - (Files.exists(file) ? Files.size(file) : 0);
        this.current = append(file);
    }

    private static OutputStream append(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path segmentFile(int of) {
        return folder.path().resolve("log." + of);
    }

    private int newestSegment() throws IOException {
        int newest = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path(), "log.[0-9]*")) {
            for (Path file : files) {
                String text = file.getFileName().toString().substring("log.".length());
                if (text.matches("[0-9]{1,9}")) {
                    newest = Math.max(newest, Integer.parseInt(text));
                }
            }
        }
        return newest;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int from = offset;
        int left = length;
        while (left > 0) {
            if (room <= 0) {
                nextSegment();
            }
            int count = (int) Math.min(left, room);
            current.write(bytes, from, count);
            room -= count;
            from += count;
            left -= count;
        }
    }

    private void nextSegment() throws IOException {
        current.close();
        number++;
        current = append(segmentFile(number));
        room = segment;
        Files.deleteIfExists(segmentFile(number - 3));
    }

    @Override
    public synchronized void close() throws IOException {
        current.close();
    }
}
