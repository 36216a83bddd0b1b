package io.tidegate.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL server that was left running in a data folder when the Tidegate server that started it was killed. */
final class LeftoverPostmaster {
    private static final long FAST_STOP_SECONDS = 20;

    private final Path data;

    LeftoverPostmaster(Path data) {
        this.data = data;
    }

    /**
     * Stops it, if there is one: first by SIGINT (fast shutdown), then by SIGQUIT (immediate shutdown), as described in the PostgreSQL manual,
     * section "Shutting Down the Server".
     */
    void stop() throws IOException {
        Optional<ProcessHandle> process = find();
        if (process.isPresent() && !ended(process.get(), "-INT") && !ended(process.get(), "-QUIT")) {
            throw new IOException("a PostgreSQL server (process "
                    + process.get().pid() + ") still runs in " + data + " and does not stop; stop it by hand");
        }
    }

    private Optional<ProcessHandle> find() throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || lines.get(0).isBlank()) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(ProcessHandle::isAlive)
                .filter(LeftoverPostmaster::isPostgres);
    }

    private static boolean isPostgres(ProcessHandle process) {
        // The number may belong to another program by now.
        return process.info()
                .command()
                .map(command -> command.endsWith("postgres"))
                .orElse(true);
    }

    private static boolean ended(ProcessHandle process, String signal) throws IOException {
        try {
            new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            process.onExit().get(FAST_STOP_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException tooSlow) {
            return false;
        } catch (ExecutionException problem) {
            throw new IOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping process " + process.pid(), interrupted);
        }
    }
}
