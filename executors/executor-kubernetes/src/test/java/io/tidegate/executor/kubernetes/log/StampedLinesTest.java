package io.tidegate.executor.kubernetes.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timestamps are taken off, and a log goes on after each break exactly where it was. */
final class StampedLinesTest {
    private static final String STAMP = "2026-01-02T03:04:0%d.00000000%dZ ";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    @Test
    void breaksAnywhereLoseAndDoubleNothing() throws IOException {
        StringBuilder sent = new StringBuilder();
        StringBuilder wanted = new StringBuilder();
        for (int line = 0; line < 40; line++) {
            // Several lines share a timestamp, and one in ten is earlier than the line before it.
            String text = "line " + line + " with words\n";
            int late = line % 10 == 3 ? 1 : 0;
            sent.append(STAMP.formatted(line / 10, (line - late) % 10 / 3 * 2 + 1 - late))
                    .append(text);
            wanted.append(text);
        }
        byte[] whole = sent.toString().getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 40; seed++) {
            sink.reset();
            Random random = new Random(seed);
            Path position = folder.resolve("position-" + seed);
            for (int connection = 0; connection < 6; connection++) {
                // Another server each time, which is sent everything from the beginning.
                ContainerLog log = new ContainerLog(position, sink, "");
                send(log.receiver(), whole, connection == 5 ? whole.length : random.nextInt(whole.length), random);
            }
            assertThat(sink.toString(StandardCharsets.UTF_8))
                    .as("seed %d", seed)
                    .isEqualTo(wanted.toString());
        }
    }

    /** The node stamps both outputs by two threads. */
    @Test
    void aLineThatIsEarlierThanTheOneBeforeItDoublesNeither() throws IOException {
        byte[] whole = (STAMP.formatted(1, 2) + "to one output\n" + STAMP.formatted(1, 1) + "to the other\n")
                .getBytes(StandardCharsets.UTF_8);
        ContainerLog log = new ContainerLog(folder.resolve("position"), sink, "");
        log.receiver().write(whole);
        log.receiver().write(whole);
        ContainerLog ofTheNextServer = new ContainerLog(folder.resolve("position"), sink, "");
        ofTheNextServer.receiver().write(whole);

        assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("to one output\nto the other\n");
    }

    @Test
    void aLogWhoseBeginningTheNodeHasThrownAwayGoesOnWithWhatIsLater() throws IOException {
        ContainerLog log = new ContainerLog(folder.resolve("position"), sink, "");
        log.receiver()
                .write((STAMP.formatted(1, 2) + "one\n" + STAMP.formatted(1, 1) + "two\n")
                        .getBytes(StandardCharsets.UTF_8));
        log.receiver().write((STAMP.formatted(1, 3) + "three\n").getBytes(StandardCharsets.UTF_8));

        assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void aPositionIsThereAtEveryMoment() throws Exception {
        Path file = folder.resolve("position");
        ContainerLog log = new ContainerLog(file, sink, "");
        OutputStream receiver = log.receiver();
        receiver.write((STAMP.formatted(0, 0) + "first\n").getBytes(StandardCharsets.UTF_8));
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Long> missing = CompletableFuture.supplyAsync(() -> missing(file, over));
        for (int line = 0; line < 5_000; line++) {
            receiver.write((STAMP.formatted(1, 0) + line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        over.set(true);

        assertThat(missing).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(0L);
    }

    private static long missing(Path file, AtomicBoolean over) {
        long missing = 0;
        while (!over.get()) {
            try {
                missing += LogPosition.read(Files.readString(file)).isStart() ? 1 : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return missing;
    }

    private static void send(OutputStream receiver, byte[] bytes, int length, Random random) throws IOException {
        int at = 0;
        while (at < length) {
            int count = Math.min(length - at, 1 + random.nextInt(60));
            receiver.write(bytes, at, count);
            at += count;
        }
        receiver.close();
    }

    @Test
    void onlyTheNewestConnectionIsHeard() throws IOException {
        ContainerLog log = new ContainerLog(folder.resolve("position"), sink, "");
        OutputStream old = log.receiver();
        byte[] line = (STAMP.formatted(1, 1) + "once\n").getBytes(StandardCharsets.UTF_8);
        old.write(line);
        OutputStream newer = log.receiver();
        old.write((STAMP.formatted(2, 1) + "late\n").getBytes(StandardCharsets.UTF_8));
        newer.write(line);

        assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("once\n");
        assertThat(log.since()).contains("2026-01-02T03:04:00.000000001Z");
    }

    @Test
    void whatTheNodeSaysBehindALogIsMarkedAndGoneOnWithoutIt() throws IOException {
        ContainerLog log = new ContainerLog(folder.resolve("position"), sink, "");
        OutputStream broken = log.receiver();
        broken.write((STAMP.formatted(1, 1) + "one\nfailed to open log file").getBytes(StandardCharsets.UTF_8));
        broken.close();
        OutputStream next = log.receiver();
        next.write(
                (STAMP.formatted(1, 1) + "one\n" + STAMP.formatted(1, 2) + "two\n").getBytes(StandardCharsets.UTF_8));

        assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("one\n[node] failed to open log file\ntwo\n");
    }

    @Test
    void theRestOfALongLineHasNoTimestampAndIsTheContainers() throws IOException {
        ContainerLog log = new ContainerLog(folder.resolve("position"), sink, "");
        OutputStream broken = log.receiver();
        broken.write((STAMP.formatted(1, 1) + "begins,").getBytes(StandardCharsets.UTF_8));
        broken.close();
        log.receiver().write("goes on\n".getBytes(StandardCharsets.UTF_8));

        assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("begins,goes on\n");
    }

    @Test
    void linesOfOtherContainersAreMarkedAndStayWhole() throws IOException {
        ContainerLog log = new ContainerLog(folder.resolve("position"), sink, "[sidecar] ");
        OutputStream receiver = log.receiver();
        receiver.write(
                (STAMP.formatted(1, 1) + "one\n" + STAMP.formatted(1, 2) + "two").getBytes(StandardCharsets.UTF_8));
        log.close();

        assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("[sidecar] one\n[sidecar] two\n");
    }
}
