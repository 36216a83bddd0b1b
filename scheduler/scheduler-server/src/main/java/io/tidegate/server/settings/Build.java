package io.tidegate.server.settings;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which build of Tidegate this is. */
public final class Build {
    private Build() {}

    /** The version in the jar's manifest; {@code development} when classes run outside a jar. */
    public static String version() {
        return Optional.ofNullable(Build.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /**
     * Changes with every build, also of one version, and with the Java runtime: names, sizes and times of the jars on the class path. Absent when there is a folder among
     * them, whose classes change without it.
     */
    public static Optional<String> fingerprint() {
        return fingerprint(System.getProperty("java.class.path"));
    }

    static Optional<String> fingerprint(String classPath) {
        StringBuilder jars = new StringBuilder(version()).append('|').append(Runtime.version());
        for (String entry : classPath.split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            try {
                if (!Files.isRegularFile(jar)) {
                    return Optional.empty();
                }
                jars.append('\n').append(jar).append('|').append(Files.size(jar));
                jars.append('|').append(Files.getLastModifiedTime(jar));
            } catch (IOException unreadable) {
                return Optional.empty();
            }
        }
        return Optional.of(jars.toString());
    }
}
