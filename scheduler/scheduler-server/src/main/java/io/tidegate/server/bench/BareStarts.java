package io.tidegate.server.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The limit of steps that are programs: each is started without anything in between, with a log file of its own, and waited for. */
final class BareStarts {
    private final Path folder;
    private final AtomicInteger number = new AtomicInteger();

    BareStarts(Path folder) {
        this.folder = folder;
    }

    /** Milliseconds for so many starts, so many at a time. */
    double milliseconds(List<String> command, int count, int parallel) throws Exception {
        Path logs = Files.createDirectories(folder.resolve("bare-" + number.incrementAndGet()));
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            AtomicInteger next = new AtomicInteger();
            long from = System.nanoTime();
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < parallel; worker++) {
                workers.add(threads.submit(() -> {
                    int mine = next.getAndIncrement();
                    while (mine < count) {
                        start(command, logs.resolve(Integer.toString(mine)));
                        mine = next.getAndIncrement();
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            return (System.nanoTime() - from) / 1e6;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void start(List<String> command, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(command + " ended with code " + code);
        }
    }
}
