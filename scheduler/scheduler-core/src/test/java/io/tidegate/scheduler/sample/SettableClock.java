package io.tidegate.scheduler.sample;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands where it is put. */
public final class SettableClock implements InstantSource {
    private volatile Instant now;

    public SettableClock(Instant now) {
        this.now = now;
    }

    public void set(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
