package io.tidegate.scheduler.node;

import java.util.Objects;
import java.util.Optional;

/**
 * What a server is known by.
 *
 * @param name what people call it
 * @param version which build of Tidegate it is
 * @param machine where it runs; empty when that cannot be told
 */
public record NodeProfile(String name, String version, Optional<Machine> machine) {
    public NodeProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(machine, "machine");
    }

    /** A server of which nobody knows where it runs. */
    public NodeProfile(String name, String version) {
        this(name, version, Optional.empty());
    }

    /**
     * What local processes belong to.
     *
     * @param name the machine's name, which it keeps when it is started anew
     * @param boot another one each time, and what jobs of this machine tell as {@link io.tidegate.executor.ExternalJob#BOOT}
     */
    public record Machine(String name, String boot) {
        public Machine {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(boot, "boot");
        }
    }
}
