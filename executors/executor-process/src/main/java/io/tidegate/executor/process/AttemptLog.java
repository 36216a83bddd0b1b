package io.tidegate.executor.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One view of an attempt's log: its head, a line that says how much is left out, and the newest segments of its tail. Where nothing
 * is left out this is the log as it came, and offsets into it never change. While a log beyond its limit grows, the view slides.
 */
final class AttemptLog {
    private static final Pattern SEGMENT = Pattern.compile("log\\.([0-9]{1,9})");
    private static final int TRIES = 3;
    // What the keeper of the log loses where the head ends: less than one block.
    private static final long MOST_BYTES_LOST_AFTER_HEAD = 4095;

    private final AttemptFolder folder;

    AttemptLog(AttemptFolder folder) {
        this.folder = folder;
    }

    /** A stretch of the view: a file, or the marker's text. */
    private sealed interface Part {
        long size();

        int read(long offset, ByteBuffer target) throws IOException;
    }

    private record FilePart(Path file, long size) implements Part {
        @Override
        public int read(long offset, ByteBuffer target) throws IOException {
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                return channel.position(offset).read(target);
            }
        }
    }

    private record TextPart(byte[] text) implements Part {
        @Override
        public long size() {
            return text.length;
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            int count = (int) Math.min(target.remaining(), text.length - offset);
            target.put(text, (int) offset, count);
            return count;
        }
    }

    private record Segment(int number, Path file) {}

    long size() throws IOException {
        return retrying(() -> parts().stream().mapToLong(Part::size).sum());
    }

    byte[] read(long offset, int maximumBytes) throws IOException {
        if (offset < 0 || maximumBytes < 0) {
            throw new IllegalArgumentException(
                    "offset " + offset + " and maximum " + maximumBytes + " must not be negative");
        }
        return retrying(() -> readOnce(offset, maximumBytes));
    }

    private byte[] readOnce(long offset, int maximumBytes) throws IOException {
        List<Part> parts = parts();
        long available = Math.max(0, parts.stream().mapToLong(Part::size).sum() - offset);
        ByteBuffer target = ByteBuffer.allocate((int) Math.min(maximumBytes, available));
        long skip = offset;
        for (Part part : parts) {
            while (target.hasRemaining() && skip < part.size()) {
                ByteBuffer window = target.duplicate();
                window.limit((int) Math.min(target.limit(), target.position() + part.size() - skip));
                int count = part.read(skip, window);
                if (count <= 0) {
                    break;
                }
                target.position(target.position() + count);
                skip += count;
            }
            skip = Math.max(0, skip - part.size());
        }
        target.flip();
        byte[] bytes = new byte[target.remaining()];
        target.get(bytes);
        return bytes;
    }

    private List<Part> parts() throws IOException {
        List<Part> parts = new ArrayList<>();
        if (Files.exists(folder.log())) {
            parts.add(new FilePart(folder.log(), Files.size(folder.log())));
        }
        List<Segment> segments = segments();
        if (!segments.isEmpty()) {
            // Every segment but the newest is full, so the number of those that are gone tells their bytes.
            long leftOut =
                    (segments.get(0).number() - 1L) * Files.size(segments.get(0).file());
            parts.add(new TextPart(marker(leftOut + MOST_BYTES_LOST_AFTER_HEAD).getBytes(StandardCharsets.US_ASCII)));
        }
        for (Segment segment : segments) {
            parts.add(new FilePart(segment.file(), Files.size(segment.file())));
        }
        return parts;
    }

    /** Of one length whatever the number, so that it does not shift what follows it. */
    private static String marker(long leftOut) {
        return String.format(
                Locale.ROOT, "\n[tidegate: the log is too long; up to %,19d bytes are left out here]\n", leftOut);
    }

    private List<Segment> segments() throws IOException {
        List<Segment> segments = new ArrayList<>();
        if (!Files.isDirectory(folder.path())) {
            return segments;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path(), "log.*")) {
            for (Path file : files) {
                Matcher matcher = SEGMENT.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    segments.add(new Segment(Integer.parseInt(matcher.group(1)), file));
                }
            }
        }
        segments.sort(Comparator.comparingInt(Segment::number));
        return segments;
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** A segment may be deleted between being listed and being read. */
    private static <T> T retrying(Reading<T> reading) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return reading.read();
            } catch (NoSuchFileException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }
}
