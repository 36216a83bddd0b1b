package io.tidegate.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a partition looks like from outside. Files and folders whose names begin with {@code _} or {@code .} are not data: they count for its age
 * alone, because whoever is still writing may be writing there.
 *
 * @param exists whether there is a file or folder at all
 * @param success whether it holds a file {@code _SUCCESS}
 * @param files how many files of data it holds, at any depth
 * @param bytes what they hold together
 * @param open how many files somebody still writes, where the file system tells
 * @param newest when anything of it last changed, by the clock of the file system; absent when it does not tell
 */
public record PartitionState(
        boolean exists, boolean success, int files, long bytes, int open, Optional<Instant> newest) {
    /** There is nothing. */
    public static final PartitionState ABSENT = new PartitionState(false, false, 0, 0, 0, Optional.empty());

    public PartitionState {
        Objects.requireNonNull(newest, "newest");
    }

    /** Whether nobody writes it and nothing of it has changed for so long. */
    public boolean isStable(Instant now, Duration age) {
        return exists
                && open == 0
                && newest.map(changed -> !changed.plus(age).isAfter(now)).orElse(true);
    }

    /** In words, for a log: {@code 3 files, 4096 bytes, changed at 2001-03-05T06:00:00Z, with _SUCCESS}. */
    public String inWords() {
        if (!exists) {
            return "nothing there yet";
        }
        return files + (files == 1 ? " file, " : " files, ") + bytes + " bytes"
                + newest.map(changed -> ", changed at " + changed).orElse("")
                + (open == 0 ? "" : ", " + open + " still being written")
                + (success ? ", with _SUCCESS" : ", without _SUCCESS");
    }
}
