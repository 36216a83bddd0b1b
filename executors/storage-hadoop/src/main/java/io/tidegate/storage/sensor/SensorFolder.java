package io.tidegate.storage.sensor;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * The files of one sensor, in the folder that every attempt on this machine has: {@code sensor} says what is waited for, {@code log} what was
 * seen, {@code ended} how it ended. Everything else is in nobody's memory.
 *
 * @param path the folder
 */
record SensorFolder(Path path) implements AttemptOutput {
    static SensorFolder of(Path attempts, LaunchKey key) {
        return new SensorFolder(attempts.resolve(key.value()));
    }

    private Path sensor() {
        return path.resolve("sensor");
    }

    private Path ended() {
        return path.resolve("ended");
    }

    private Path log() {
        return path.resolve("log");
    }

    /** Makes the folder, readable by its owner alone, and writes down what is waited for. */
    void begin(Condition condition) throws IOException {
        Files.createDirectories(path.getParent());
        if (!Files.isDirectory(path)) {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        write(sensor(), condition.details());
    }

    /** What is waited for; empty when nothing ever was under this key. */
    Optional<Condition> condition() throws IOException {
        return read(sensor()).map(Condition::of);
    }

    /** Since when it waits. */
    Optional<Instant> since() throws IOException {
        return Files.exists(sensor())
                ? Optional.of(Files.getLastModifiedTime(sensor()).toInstant())
                : Optional.empty();
    }

    void end(Observation.Ended end) throws IOException {
        write(
                ended(),
                Map.of(
                        "exit_code",
                        Integer.toString(end.exitCode().orElse(0)),
                        "failure",
                        end.failure().map(FailureKind::name).orElse(""),
                        "message",
                        end.message()));
    }

    /** How it ended; empty while it waits. */
    Optional<Observation.Ended> end() throws IOException {
        return read(ended())
                .map(end -> new Observation.Ended(
                        OptionalInt.of(Integer.parseInt(end.get("exit_code"))),
                        Optional.of(end.get("failure"))
                                .filter(kind -> !kind.isEmpty())
                                .map(FailureKind::valueOf),
                        end.get("message")));
    }

    /** Adds a line to the log. */
    void say(Instant at, String line) throws IOException {
        Files.writeString(
                log(), at + " " + line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void write(Path file, Map<String, String> values) throws IOException {
        Properties properties = new Properties();
        properties.putAll(values);
        Path unfinished = Files.createTempFile(file.getParent(), ".new", "");
        try (Writer writer = Files.newBufferedWriter(unfinished)) {
            properties.store(writer, null);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Optional<Map<String, String>> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return Optional.of(values);
    }

    @Override
    public long logSize() throws IOException {
        return Files.exists(log()) ? Files.size(log()) : 0;
    }

    @Override
    public byte[] readLog(long offset, int maximumBytes) throws IOException {
        long available = Math.max(0, logSize() - offset);
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(maximumBytes, available));
        if (bytes.hasRemaining()) {
            try (SeekableByteChannel channel = Files.newByteChannel(log())) {
                channel.position(offset);
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                    continue;
                }
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** A sensor reports nothing. */
    @Override
    public InputStream report() {
        return InputStream.nullInputStream();
    }
}
