package io.tidegate.executor.spark.standalone;

import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import java.util.List;
import java.util.Optional;

/**
 * What we call an application, since its name is all that a standalone master keeps: {@code tidegate.<installation>.<launch key>}. Before
 * there were installations it was {@code tidegate.<launch key>}. Neither part has a dot.
 *
 * @param installation who made it; empty when the name does not say
 */
record ApplicationName(Optional<String> installation, LaunchKey key) {
    private static final String MARK = "tidegate";

    static String of(InstallationId installation, LaunchKey key) {
        return String.join(".", MARK, installation.value(), key.value());
    }

    /** Empty for a name that is not of our form. */
    static Optional<ApplicationName> read(String name) {
        List<String> parts = List.of(name.split("\\.", -1));
        boolean ours = parts.get(0).equals(MARK) && (parts.size() == 2 || parts.size() == 3);
        return ours
                ? LaunchKey.of(parts.get(parts.size() - 1))
                        .map(key -> new ApplicationName(
                                parts.size() == 3 ? Optional.of(parts.get(1)) : Optional.empty(), key))
                : Optional.empty();
    }
}
