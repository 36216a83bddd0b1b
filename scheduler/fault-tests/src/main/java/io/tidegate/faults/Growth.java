package io.tidegate.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Looks again and again what servers take that nobody breaks, and says in the end whether that has grown. Safe for use by several threads.
 */
final class Growth {
    static final Duration EVERY = Duration.ofSeconds(15);
    private static final double MEBIBYTE = 1 << 20;
    /** What may be more in the end than in the beginning: the tenth part, and so much besides. */
    private static final double SHARE = 1.1;

    private static final long SOME_BYTES = 4 << 20;
    private static final long SOME_THREADS = 5;
    private static final long SOME_DESCRIPTORS = 10;

    private final Path file;
    private final Timeline timeline;
    private final Findings findings;
    private final Map<Integer, List<Vitals.Sample>> samples = new LinkedHashMap<>();
    private boolean over;

    /**
     * @param file gets a line for each look: seconds, server, bytes of heap, threads, descriptors
     */
    Growth(Path file, Timeline timeline, Findings findings) {
        this.file = file;
        this.timeline = timeline;
        this.findings = findings;
    }

    /** Looks at each server once; not any more after {@link #tell}. */
    synchronized void look(List<Node> nodes) throws IOException, InterruptedException {
        if (over) {
            return;
        }
        for (Node node : nodes) {
            Vitals.Sample sample = Vitals.take(node.processId());
            add(node.number(), sample);
            Files.writeString(
                    file,
                    String.format(
                            Locale.ROOT,
                            "%d\t%d\t%d\t%d\t%d%n",
                            timeline.elapsed().toSeconds(),
                            node.number(),
                            sample.heapBytes(),
                            sample.threads(),
                            sample.descriptors()),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /** What a server took at one look. */
    synchronized void add(int server, Vitals.Sample sample) {
        samples.computeIfAbsent(server, first -> new ArrayList<>()).add(sample);
    }

    /** Holds the last quarter against the first one. */
    synchronized void tell() {
        over = true;
        samples.forEach((number, taken) -> {
            String server = "server " + number;
            tell(server + ", MiB of heap after collections", taken, Vitals.Sample::heapBytes, SOME_BYTES, MEBIBYTE);
            tell(server + ", threads", taken, Vitals.Sample::threads, SOME_THREADS, 1);
            tell(server + ", open descriptors", taken, Vitals.Sample::descriptors, SOME_DESCRIPTORS, 1);
        });
    }

    private void tell(
            String what, List<Vitals.Sample> taken, ToLongFunction<Vitals.Sample> figure, long some, double unit) {
        int quarter = (taken.size() + 3) / 4;
        long first = middle(taken.subList(0, quarter), figure);
        long last = middle(taken.subList(taken.size() - quarter, taken.size()), figure);
        String figures = String.format(
                Locale.ROOT,
                "%s: %.1f in the first quarter of %d looks, %.1f in the last",
                what,
                first / unit,
                taken.size(),
                last / unit);
        findings.note(figures);
        if (last > first * SHARE + some) {
            findings.violation("growth", figures);
        }
    }

    private static long middle(List<Vitals.Sample> taken, ToLongFunction<Vitals.Sample> figure) {
        long[] sorted = taken.stream().mapToLong(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
