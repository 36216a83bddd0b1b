package io.tidegate.executor.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Java runtime that spark-submit will choose.
 *
 * @param home its folder, with every link followed
 */
record JavaRuntime(Path home) {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    /** As spark-submit looks for it: in JAVA_HOME, else on the PATH. Empty when there is none. */
    static Optional<JavaRuntime> find(Map<String, String> environment) {
        String javaHome = environment.getOrDefault("JAVA_HOME", "");
        if (!javaHome.isBlank()) {
            return ofProgram(Path.of(javaHome).resolve("bin").resolve("java"));
        }
        return SEPARATOR
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve("java"))
                .filter(Files::isExecutable)
                .findFirst()
                .flatMap(JavaRuntime::ofProgram);
    }

    private static Optional<JavaRuntime> ofProgram(Path program) {
        if (!Files.isExecutable(program)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(program.toRealPath().getParent())
                    .map(Path::getParent)
                    .map(JavaRuntime::new);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The files that tell one build of the runtime from another. */
    Path virtualMachine() {
        return home.resolve("lib").resolve("server").resolve("libjvm.so");
    }

    Path release() {
        return home.resolve("release");
    }
}
