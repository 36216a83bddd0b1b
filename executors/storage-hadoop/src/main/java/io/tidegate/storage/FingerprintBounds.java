package io.tidegate.storage;

import java.time.Duration;
import java.util.Objects;

/**
 * What a fingerprint may cost.
 *
 * @param files most files looked at; of a partition with more there is no fingerprint
 * @param bytes most bytes read where the file system keeps no checksums; of a partition with more only names, sizes and times are taken
 * @param time how long it may take; there is no fingerprint afterwards
 */
public record FingerprintBounds(int files, long bytes, Duration time) {
    public FingerprintBounds {
        Objects.requireNonNull(time, "time");
        if (files < 1 || bytes < 0 || time.isNegative()) {
            throw new IllegalArgumentException("bounds of a fingerprint must not be negative, and files at least 1");
        }
    }
}
