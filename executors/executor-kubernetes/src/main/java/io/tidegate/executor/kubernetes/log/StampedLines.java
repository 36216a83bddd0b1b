package io.tidegate.executor.kubernetes.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes a log whose lines begin with timestamps and hands it on without them, byte for byte, leaving out what was captured before. Keeps
 * nothing but the timestamp of the line it is in, so lines may have any length. A line without a timestamp, which the node writes behind a log that
 * it cannot read on, is marked as the node's. Not safe for use by several threads.
 */
final class StampedLines extends OutputStream {
    // 2026-01-02T03:04:05.000000000+00:00 has 35 characters.
    private static final int LONGEST_STAMP = 40;
    private static final byte[] SPACE = {' '};
    private static final byte[] NODE = "[node] ".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream sink;
    private final byte[] stamp = new byte[LONGEST_STAMP];
    private int stampLength;
    private boolean inStamp = true;
    /** Whether a line without a timestamp may be the rest of a long one, whose beginning is older than what was asked for. */
    private boolean mayBeRest;

    private boolean ofNode;
    private boolean skipLine;
    private long skipBytes;
    private LogPosition resume;
    private LogPosition position;
    private long equalStamps;

    /** @param from how far the log was captured before */
    StampedLines(OutputStream sink, LogPosition from) {
        this.sink = sink;
        this.resume = from;
        this.position = from;
        this.mayBeRest = !from.isStart();
    }

    /** Ends what the node said last, which may lack the end of its line. */
    void end() throws IOException {
        if (ofNode) {
            sink.write('\n');
            ofNode = false;
        }
    }

    LogPosition position() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int at = offset;
        int end = offset + length;
        while (at < end) {
            at = inStamp ? readStamp(bytes, at, end) : readLine(bytes, at, end);
        }
    }

    private int readStamp(byte[] bytes, int from, int end) throws IOException {
        int at = from;
        while (at < end) {
            byte next = bytes[at];
            if (next == ' ') {
                beginLine(new String(stamp, 0, stampLength, StandardCharsets.US_ASCII));
                return at + 1;
            }
            if (next == '\n' || stampLength == LONGEST_STAMP) {
                endStamp();
                return at;
            }
            stamp[stampLength++] = next;
            at++;
        }
        return at;
    }

    /** What was gathered is text after all. */
    private void endStamp() throws IOException {
        ofNode = !mayBeRest;
        if (ofNode) {
            sink.write(NODE);
        }
        pass(stamp, 0, stampLength);
        stampLength = 0;
        inStamp = false;
    }

    private void beginLine(String text) throws IOException {
        Optional<Instant> time = LogPosition.instant(text);
        if (time.isEmpty()) {
            endStamp();
            pass(SPACE, 0, 1);
            return;
        }
        stampLength = 0;
        inStamp = false;
        mayBeRest = false;
        if (resume.isStart() || isNew(time.get())) {
            resume = LogPosition.START;
            position = position.atNextLine(text, time.get());
        }
    }

    /**
     * Whether a line is one that was not begun before. Of one that was captured in part, the rest is passed on. What stands before it in the log
     * was captured, whatever its timestamp; a later one than all that were captured tells that the line itself is not in the log any more.
     */
    private boolean isNew(Instant time) {
        if (time.isAfter(resume.latest())) {
            return true;
        }
        skipLine = true;
        boolean equal = LogPosition.instant(resume.stamp()).equals(Optional.of(time));
        if (equal && ++equalStamps == resume.lines()) {
            skipLine = false;
            skipBytes = resume.bytes();
            resume = LogPosition.START;
        }
        return false;
    }

    private int readLine(byte[] bytes, int from, int end) throws IOException {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        boolean complete = at < end;
        int stop = complete ? at + 1 : at;
        if (!skipLine) {
            int skipped = (int) Math.min(skipBytes, stop - from);
            skipBytes -= skipped;
            pass(bytes, from + skipped, stop - from - skipped);
        }
        if (complete) {
            inStamp = true;
            mayBeRest = false;
            ofNode = false;
            skipLine = false;
            skipBytes = 0;
        }
        return stop;
    }

    private void pass(byte[] bytes, int from, int count) throws IOException {
        if (count > 0) {
            sink.write(bytes, from, count);
        }
        if (count > 0 && !ofNode) {
            position = position.plusBytes(count);
        }
    }
}
