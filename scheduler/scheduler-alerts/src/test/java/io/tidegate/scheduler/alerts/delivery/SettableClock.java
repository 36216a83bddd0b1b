package io.tidegate.scheduler.alerts.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands where it is put. */
public final class SettableClock implements InstantSource {
    private volatile Instant now;

    public SettableClock(Instant now) {
        this.now = now;
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    public void set(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
