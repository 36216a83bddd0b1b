package io.tidegate.scheduler.run;

import java.util.Objects;
import java.util.UUID;

/** Identifies a run; time-ordered (RFC 9562, version 7), so that newer runs sort later. */
public record RunId(UUID value) implements Comparable<RunId> {
    public RunId {
        Objects.requireNonNull(value, "value");
    }

    /** @throws IllegalArgumentException when the text is not a UUID */
    public static RunId of(String text) {
        return new RunId(UUID.fromString(text));
    }

    @Override
    public int compareTo(RunId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
