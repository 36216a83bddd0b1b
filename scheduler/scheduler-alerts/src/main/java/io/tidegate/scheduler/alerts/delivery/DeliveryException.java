package io.tidegate.scheduler.alerts.delivery;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A message did not arrive; the message says why, for people, without secrets. */
public final class DeliveryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean permanent;
    private final transient Optional<Duration> retryAfter;

    private DeliveryException(String message, Throwable cause, boolean permanent, Optional<Duration> retryAfter) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.permanent = permanent;
        this.retryAfter = retryAfter;
    }

    /** Trying again would fail in the same way. */
    public static DeliveryException permanent(String message) {
        return new DeliveryException(message, null, true, Optional.empty());
    }

    /** A later try may work. */
    public static DeliveryException temporary(String message, Throwable cause) {
        return new DeliveryException(message, cause, false, Optional.empty());
    }

    /** A later try may work, but not before the given time has passed: the other side said so. */
    public static DeliveryException after(String message, Optional<Duration> retryAfter) {
        return new DeliveryException(message, null, false, retryAfter);
    }

    public boolean isPermanent() {
        return permanent;
    }

    /** How long the other side asked to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
