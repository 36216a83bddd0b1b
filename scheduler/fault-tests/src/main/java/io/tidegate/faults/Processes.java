package io.tidegate.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of this machine that belong to steps of the soak, as the operating system tells. */
final class Processes {
    private static final String KEY = "TIDEGATE_LAUNCH_KEY=";
    private static final String OUTPUT = "TIDEGATE_OUTPUT=";

    private Processes() {}

    /**
     * @param key launch key of the attempt it belongs to
     */
    record Living(long processId, String key, String command) {}

    /** Those of steps whose folders lie in this one. A process that ends meanwhile is left out. */
    static List<Living> of(Path attempts) throws IOException {
        List<Living> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                List<String> environment = strings(process.resolve("environ"));
                boolean ours = environment.stream().anyMatch(variable -> variable.startsWith(OUTPUT + attempts + "/"));
                if (ours) {
                    environment.stream()
                            .filter(variable -> variable.startsWith(KEY))
                            .findFirst()
                            .ifPresent(key -> found.add(new Living(
                                    Long.parseLong(process.getFileName().toString()),
                                    key.substring(KEY.length()),
                                    String.join(" ", strings(process.resolve("cmdline"))))));
                }
            }
        }
        return found;
    }

    private static List<String> strings(Path file) {
        try {
            return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"));
        } catch (IOException goneMeanwhile) {
            return List.of();
        }
    }
}
