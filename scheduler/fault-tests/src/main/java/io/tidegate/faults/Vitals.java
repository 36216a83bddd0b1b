package io.tidegate.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a server on this machine takes of it, as Linux and its JVM tell. */
final class Vitals {
    /** The last line of a class histogram: all instances and their bytes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

    private Vitals() {}

    /**
     * @param heapBytes what is left in the heap after a collection
     */
    record Sample(long heapBytes, long threads, long descriptors) {}

    /** Has a JVM collect its garbage, and looks. */
    static Sample take(long processId) throws IOException, InterruptedException {
        Path process = Path.of("/proc", Long.toString(processId));
        return new Sample(liveBytes(processId), entries(process.resolve("task")), entries(process.resolve("fd")));
    }

    /** A histogram counts what is alive, for which the JVM collects first. */
    private static long liveBytes(long processId) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(processId), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = TOTAL.matcher(answer);
        if (asked.waitFor() != 0 || !total.find()) {
            throw new IOException("process " + processId + " cannot be asked what it takes: "
                    + answer.lines().findFirst().orElse("no answer"));
        }
        return Long.parseLong(total.group(1));
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }
}
