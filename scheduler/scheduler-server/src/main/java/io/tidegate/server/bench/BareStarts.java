package io.tidegate.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The limit of steps that are programs: each is started with a log file of its own and waited for, and nothing else is done. A small shell
 * forks for each, which costs less than a start by the Java runtime, whose helper is another program.
 */
final class BareStarts {
    private static final System.Logger LOG = System.getLogger(BareStarts.class.getName());
    private static final int MANY = 1 << 20;

    private final Path folder;
    private final AtomicInteger number = new AtomicInteger();

    BareStarts(Path folder) {
        this.folder = folder;
    }

    /** Milliseconds for so many starts, so many at a time. */
    double milliseconds(List<String> command, int count, int parallel) throws Exception {
        Path logs = Files.createDirectories(folder.resolve("bare-" + number.incrementAndGet()));
        Process shell = new ProcessBuilder("sh")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Semaphore places = new Semaphore(parallel);
        AtomicInteger succeeded = new AtomicInteger();
        Thread reader = new Thread(() -> hear(shell, places, succeeded), "bare-starts");
        reader.start();
        try (OutputStream requests = shell.getOutputStream()) {
            long from = System.nanoTime();
            for (int index = 0; index < count; index++) {
                places.acquire();
                requests.write(request(command, logs.resolve(Integer.toString(index))));
                requests.flush();
            }
            places.acquire(parallel);
            double milliseconds = (System.nanoTime() - from) / 1e6;
            if (succeeded.get() < count) {
                throw new IOException(succeeded.get() + " of " + count + " starts of " + command + " succeeded");
            }
            return milliseconds;
        } finally {
            reader.join();
        }
    }

    /** A subshell in the background; the shell drops what it knows of ended ones when it is asked for its jobs. */
    private static byte[] request(List<String> command, Path log) {
        String line = command.stream().map(BareStarts::quoted).collect(Collectors.joining(" "));
        return ("( " + line + " < /dev/null > " + quoted(log.toString()) + " 2>&1; echo $? ) &\njobs > /dev/null\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    private static void hear(Process shell, Semaphore places, AtomicInteger succeeded) {
        try (BufferedReader codes = shell.inputReader(StandardCharsets.UTF_8)) {
            for (String code = codes.readLine(); code != null; code = codes.readLine()) {
                if (code.equals("0")) {
                    succeeded.incrementAndGet();
                }
                places.release();
            }
        } catch (IOException e) {
            // What was not heard is missing in the count.
            LOG.log(System.Logger.Level.DEBUG, "the shell of bare starts tells no more", e);
        } finally {
            // Nobody waits for a shell that is gone.
            places.release(MANY);
        }
    }
}
