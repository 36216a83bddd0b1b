package io.tidegate.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is off by as many seconds as a file says; who writes the file makes it jump. Safe for use by several threads. */
final class MovedClock implements InstantSource {
    private static final long READ_EVERY_NANOS = Duration.ofMillis(200).toNanos();

    private final Path file;
    private final InstantSource real = InstantSource.system();
    private volatile Reading reading = new Reading(System.nanoTime() - READ_EVERY_NANOS, 0);

    private record Reading(long atNanos, long offsetSeconds) {}

    MovedClock(Path file) {
        this.file = file;
    }

    @Override
    public Instant instant() {
        long now = System.nanoTime();
        Reading last = reading;
        if (now - last.atNanos() >= READ_EVERY_NANOS) {
            last = new Reading(now, offset(last.offsetSeconds()));
            reading = last;
        }
        return real.instant().plusSeconds(last.offsetSeconds());
    }

    private long offset(long before) {
        try {
            String text = Files.exists(file) ? Files.readString(file).strip() : "0";
            return text.isEmpty() ? before : Long.parseLong(text);
        } catch (IOException unreadable) {
            return before;
        }
    }
}
