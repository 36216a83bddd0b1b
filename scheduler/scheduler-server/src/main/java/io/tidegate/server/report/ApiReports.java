package io.tidegate.server.report;

import io.tidegate.executor.LaunchKey;
import io.tidegate.server.secret.SecretMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * Report lines that came through the API, kept in the attempt's folder until the attempt ends. An answer is given only after they are on disk,
 * so what was acknowledged survives a crash. Thread-safe.
 */
public final class ApiReports {
    /** Most bytes of one attempt. */
    public static final long MOST_BYTES = 8L << 20;

    private static final int BUFFER = 8192;

    private final Path attempts;
    private final Supplier<SecretMask> masks;

    /**
     * @param attempts the folder that holds the attempts' folders
     * @param masks what is hidden in what is read
     */
    public ApiReports(Path attempts, Supplier<SecretMask> masks) {
        this.attempts = attempts;
        this.masks = masks;
    }

    /**
     * Keeps the lines.
     *
     * @return false when the attempt's lines would be too many; nothing of these was kept then
     */
    public boolean append(LaunchKey key, InputStream lines) throws IOException {
        // Who sends slowly keeps nobody else waiting.
        byte[] bytes = read(lines, MOST_BYTES);
        return append(file(key), bytes);
    }

    private synchronized boolean append(Path file, byte[] bytes) throws IOException {
        long before = Files.exists(file) ? Files.size(file) : 0;
        if (bytes.length > MOST_BYTES - before) {
            return false;
        }
        Files.createDirectories(file.getParent());
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
        return true;
    }

    /** Opens what came for an attempt; empty when nothing did. */
    InputStream open(LaunchKey key) throws IOException {
        Path file = file(key);
        return Files.exists(file) ? masks.get().hide(Files.newInputStream(file)) : InputStream.nullInputStream();
    }

    private Path file(LaunchKey key) {
        return attempts.resolve(key.value()).resolve("api-output.jsonl");
    }

    /**
     * The bytes with a line end after them, or more bytes than allowed when there are too many. These are read to their end as well: who sends
     * them hears the answer only after that, and may send its next request on the same connection.
     */
    private static byte[] read(InputStream lines, long most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        int read = lines.read(buffer);
        while (read >= 0) {
            if (bytes.size() <= most) {
                bytes.write(buffer, 0, read);
            }
            read = lines.read(buffer);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }
}
