package io.tidegate.scheduler.node;

import java.util.Objects;

/**
 * What people know a server by.
 *
 * @param name what they call it
 * @param version which build of Tidegate it is
 */
public record NodeProfile(String name, String version) {
    public NodeProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }
}
