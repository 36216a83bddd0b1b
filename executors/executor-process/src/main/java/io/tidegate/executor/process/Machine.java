package io.tidegate.executor.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The machine that local processes belong to, as Linux tells it (proc(5)).
 *
 * @param name its host name, which it keeps when it is started anew
 * @param boot names it from its last start to its next one, and no other
 */
public record Machine(String name, String boot) {
    private static final Path KERNEL = Path.of("/proc/sys/kernel");
    private static final Optional<Machine> HERE = read();

    /** This one, which does not change while this virtual machine runs; empty where it cannot be told. */
    public static Optional<Machine> here() {
        return HERE;
    }

    private static Optional<Machine> read() {
        try {
            return Optional.of(new Machine(line("hostname"), line("random/boot_id")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String line(String file) throws IOException {
        return Files.readString(KERNEL.resolve(file), StandardCharsets.UTF_8).strip();
    }
}
