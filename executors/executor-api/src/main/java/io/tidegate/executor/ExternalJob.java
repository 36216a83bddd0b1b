package io.tidegate.executor;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The thing outside that works for an attempt.
 *
 * @param key the attempt's launch key
 * @param externalId what the other side calls it, for example a process id or a Job's name
 * @param details what the executor wants to be told again after a restart, and people may want to read
 */
public record ExternalJob(LaunchKey key, String externalId, Map<String, String> details) {
    /**
     * The detail that only jobs have which belong to one machine, and which no other one can see: the boot of that machine, as
     * {@code /proc/sys/kernel/random/boot_id} names it (proc(5)).
     */
    public static final String BOOT = "bootId";

    public ExternalJob {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(externalId, "externalId");
        details = Map.copyOf(details);
    }

    /** The same job, which other machines than the one that started it can see and end. */
    public ExternalJob ofNoMachine() {
        Map<String, String> all = new HashMap<>(details);
        all.remove(BOOT);
        return new ExternalJob(key, externalId, all);
    }

    /** The same job with more known about it. */
    public ExternalJob described(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(details);
        all.putAll(more);
        return new ExternalJob(key, externalId, all);
    }
}
