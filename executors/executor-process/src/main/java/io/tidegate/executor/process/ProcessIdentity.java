package io.tidegate.executor.process;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one process and no other, also after its process id was given to another one: {@code /proc/<pid>/stat} and
 * {@code /proc/sys/kernel/random/boot_id}, both described in proc(5).
 *
 * @param pid process id
 * @param startTicks when it started, in clock ticks since boot
 * @param bootId the boot it started in
 */
record ProcessIdentity(long pid, long startTicks, String bootId) {
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** Reads what the launcher wrote; empty while it is not yet written to its end. */
    static Optional<ProcessIdentity> parse(String line) {
        if (!line.endsWith("\n")) {
            return Optional.empty();
        }
        String[] fields = SPACES.split(line.strip(), -1);
        if (fields.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessIdentity(Long.parseLong(fields[0]), Long.parseLong(fields[1]), fields[2]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether this very process is there and has not ended. */
    boolean isAlive() {
        return ProcessStat.read(pid)
                .filter(stat -> stat.startTicks() == startTicks && !stat.isZombie())
                .filter(stat -> isOfThisBoot())
                .isPresent();
    }

    /** Whether it could be seen from here; where boots cannot be told apart no process of before is taken for alive. */
    boolean isOfThisBoot() {
        return Machine.here().filter(here -> here.boot().equals(bootId)).isPresent();
    }
}
