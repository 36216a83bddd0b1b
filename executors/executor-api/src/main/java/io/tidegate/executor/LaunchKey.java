package io.tidegate.executor;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one name of an attempt outside Tidegate: the idempotency key of its launch. At most 63 characters, a valid DNS label, so that
 * it can name a folder, a Kubernetes Job or a Spark tag as it is.
 */
public record LaunchKey(String value) implements Comparable<LaunchKey> {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** @throws IllegalArgumentException when the value is not a DNS label (RFC 1123, section 2.1) */
    public LaunchKey {
        if (!DNS_LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "launch key '" + value + "' is not a DNS label of at most 63 characters");
        }
    }

    /** The launch key of a text that may be none. */
    public static Optional<LaunchKey> of(String text) {
        return DNS_LABEL.matcher(text).matches() ? Optional.of(new LaunchKey(text)) : Optional.empty();
    }

    @Override
    public int compareTo(LaunchKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
