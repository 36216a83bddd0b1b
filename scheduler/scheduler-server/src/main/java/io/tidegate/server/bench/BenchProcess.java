package io.tidegate.server.bench;

import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.home.ServerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server in a process of its own, as people start it, with the heap that the goals are for.
 *
 * @param home its home folder
 * @param log where it says what it has to say
 */
record BenchProcess(Path installation, String databaseUrl, Path dags, Path home, Path log) {
    private static final String MAIN = "io.tidegate.server.cli.Tidegate";
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Starts it, waits until it answers, and ends it; gives the seconds from the start of the process to the answer. */
    double secondsUntilReady() throws IOException, InterruptedException {
        long from = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseParallelGC",
                        "-Dtidegate.install=" + installation,
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN,
                        "up",
                        "--port",
                        "0",
                        "--home",
                        home.toString(),
                        "--database-url",
                        databaseUrl,
                        "--dags",
                        dags.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            new ApiClient(address(process, from)).get("/server");
            return (System.nanoTime() - from) / 1e9;
        } finally {
            end(process);
        }
    }

    private String address(Process process, long from) throws IOException {
        while (System.nanoTime() - from < PATIENCE.toNanos()) {
            Optional<ServerFile> file = ServerFile.read(home).filter(found -> found.processId() == process.pid());
            if (file.isPresent()) {
                return file.get().address();
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("a server ended before it was ready: " + Files.readString(log));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new IllegalStateException("a server was not ready in " + PATIENCE);
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
