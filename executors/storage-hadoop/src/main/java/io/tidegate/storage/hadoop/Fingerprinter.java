package io.tidegate.storage.hadoop;

import io.tidegate.storage.Fingerprint;
import io.tidegate.storage.FingerprintBounds;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileChecksum;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Identifies the content of a partition by its files. The digest is over the UTF-8 text
 *
 * <pre>
 * tidegate-files-1
 * name size checksum    (a line for each file of data by name, with tabs in between)
 * </pre>
 *
 * where the checksum is the one that the file system keeps, with the name of its algorithm, and the SHA-256 of the content where it keeps none.
 */
final class Fingerprinter {
    private static final int BUFFER = 1 << 16;

    private final FileSystem files;
    private final FingerprintBounds bounds;
    private final InstantSource clock;
    private final Instant end;

    Fingerprinter(FileSystem files, FingerprintBounds bounds, InstantSource clock) {
        this.files = files;
        this.bounds = bounds;
        this.clock = clock;
        this.end = clock.instant().plus(bounds.time());
    }

    /** The time is over. */
    private static final class OutOfTimeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** @return empty when the time does not suffice, or the partition changed meanwhile */
    Optional<Fingerprint> of(PartitionWalk walk) throws IOException {
        List<PartitionWalk.Data> data = walk.data();
        long bytes = data.stream().mapToLong(file -> file.status().getLen()).sum();
        try {
            Optional<String> content = content(data, bytes);
            String text = content.map(lines -> "sha256:" + digest("tidegate-files-1\n" + lines))
                    .orElseGet(() -> "listing-sha256:" + digest("tidegate-listing-1\n" + listing(data)));
            return Optional.of(new Fingerprint(text, data.size(), bytes));
        } catch (OutOfTimeException late) {
            return Optional.empty();
        }
    }

    /** Empty when there is too much to read. */
    private Optional<String> content(List<PartitionWalk.Data> data, long bytes) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (PartitionWalk.Data file : data) {
            checkTime();
            Path path = file.status().getPath();
            Optional<String> kept =
                    Optional.ofNullable(files.getFileChecksum(path)).map(Fingerprinter::text);
            if (kept.isEmpty() && bytes > bounds.bytes()) {
                return Optional.empty();
            }
            line(lines, file, kept.isPresent() ? kept.get() : read(path));
        }
        return Optional.of(lines.toString());
    }

    private static String listing(List<PartitionWalk.Data> data) {
        StringBuilder lines = new StringBuilder();
        for (PartitionWalk.Data file : data) {
            line(lines, file, Long.toString(file.status().getModificationTime()));
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, PartitionWalk.Data file, String last) {
        lines.append(file.name())
                .append('\t')
                .append(file.status().getLen())
                .append('\t')
                .append(last)
                .append('\n');
    }

    private static String text(FileChecksum checksum) {
        return checksum.getAlgorithmName() + ":" + HexFormat.of().formatHex(checksum.getBytes());
    }

    private String read(Path path) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream source = files.open(path)) {
            int read = source.read(buffer);
            while (read >= 0) {
                checkTime();
                digest.update(buffer, 0, read);
                read = source.read(buffer);
            }
        }
        return "SHA-256:" + HexFormat.of().formatHex(digest.digest());
    }

    private void checkTime() throws IOException {
        if (Thread.interrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        if (clock.instant().isAfter(end)) {
            throw new OutOfTimeException();
        }
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 (java.security.MessageDigest)", e);
        }
    }
}
