package io.tidegate.storage;

import java.util.Objects;

/**
 * What identifies the content of a partition.
 *
 * @param text {@code sha256:} and a digest over names, sizes and checksums of the files: the same files give the same text on the same kind of
 *     file system. {@code listing-sha256:} when there was too much to read: the digest is over names, sizes and times, so that a copy differs
 * @param files how many files it is about
 * @param bytes what they hold together
 */
public record Fingerprint(String text, int files, long bytes) {
    public Fingerprint {
        Objects.requireNonNull(text, "text");
    }
}
