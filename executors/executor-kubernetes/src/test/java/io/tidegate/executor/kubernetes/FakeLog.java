package io.tidegate.executor.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's log as a kubelet keeps it: a timestamp for each line. */
final class FakeLog {
    private final List<Line> lines = new ArrayList<>();
    private boolean ended;
    private long lastNanos;

    private static final class Line {
        private final Instant stamp;
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private boolean complete;

        Line(Instant stamp) {
            this.stamp = stamp;
        }
    }

    synchronized void append(byte[] bytes, int count) {
        for (int at = 0; at < count; at++) {
            Line last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
            if (last == null || last.complete) {
                lastNanos++;
                last = new Line(Instant.now().plusNanos(lastNanos % 1000));
                lines.add(last);
            }
            last.text.write(bytes[at]);
            last.complete = bytes[at] == '\n';
        }
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Sends what a query asks for. */
    void send(OutputStream body, String query) throws IOException, InterruptedException {
        boolean follow = query.contains("follow=true");
        Matcher since = Pattern.compile("sinceTime=([^&]+)").matcher(query);
        Instant from = since.find()
                ? Instant.parse(since.group(1)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                : Instant.MIN;
        int line = 0;
        int sent = 0;
        while (true) {
            byte[] piece;
            synchronized (this) {
                ByteArrayOutputStream next = new ByteArrayOutputStream();
                while (line < lines.size()) {
                    Line current = lines.get(line);
                    if (!current.stamp.isBefore(from)) {
                        byte[] text = current.text.toByteArray();
                        if (sent == 0) {
                            next.writeBytes((current.stamp + " ").getBytes(StandardCharsets.US_ASCII));
                        }
                        next.write(text, sent, text.length - sent);
                        sent = text.length;
                    }
                    if (!current.complete) {
                        break;
                    }
                    line++;
                    sent = 0;
                }
                piece = next.toByteArray();
                if (piece.length == 0 && (ended || !follow)) {
                    return;
                }
                if (piece.length == 0) {
                    wait(1000);
                }
            }
            body.write(piece);
            body.flush();
        }
    }
}
