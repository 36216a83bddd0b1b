package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A soak of two minutes, started as people start it, with a seed of its own each time. {@code -Dtidegate.seed=S} repeats one,
 * {@code -Dtidegate.soak.minutes=M} lets things break for longer.
 */
@Order(1)
final class SoakIT {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    private static final String USUAL_MINUTES = "2";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private Optional<Process> soak = Optional.empty();

    @AfterEach
    void stop() {
        soak.ifPresent(Process::destroy);
    }

    @Test
    void nothingIsLostAndNothingIsDoneTwice() throws Exception {
        Process process = start();
        List<String> said = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (said.isEmpty()) {
                    System.out.println("SoakIT: " + line);
                }
                said.add(line);
            }
        }
        assertThat(process.waitFor()).as(String.join("\n", said)).isZero();
        assertThat(said.get(said.size() - 1)).startsWith("nothing was lost and nothing done twice");
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve("scheduler/fault-tests/soak").toString(),
                "--minutes",
                System.getProperty("tidegate.soak.minutes", USUAL_MINUTES),
                "--folder",
                folder.toString()));
        Optional.ofNullable(System.getProperty("tidegate.seed"))
                .ifPresent(seed -> command.addAll(List.of("--seed", seed)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (path, java) -> java + File.pathSeparator + path);
        soak = Optional.of(builder.start());
        return soak.get();
    }
}
