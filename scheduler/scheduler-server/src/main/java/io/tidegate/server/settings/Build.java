package io.tidegate.server.settings;

import java.util.Optional;

/** Which build of Tidegate this is. */
public final class Build {
    private Build() {}

    /** The version in the jar's manifest; {@code development} when classes run outside a jar. */
    public static String version() {
        return Optional.ofNullable(Build.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
