package io.tidegate.executor.kubernetes.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Hands whole lines on with a prefix each, so that those of several containers can stand in one log. Longer lines go on in pieces. */
final class PrefixedLines extends OutputStream {
    private static final int LONGEST_PIECE = 8192;

    private final OutputStream sink;
    private final byte[] prefix;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    PrefixedLines(OutputStream sink, String prefix) {
        this.sink = sink;
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        for (int at = offset; at < offset + length; at++) {
            if (line.size() == 0) {
                line.writeBytes(prefix);
            }
            line.write(bytes[at]);
            if (bytes[at] == '\n') {
                flushLine();
            } else if (line.size() >= LONGEST_PIECE) {
                line.write('\n');
                flushLine();
            }
        }
    }

    private void flushLine() throws IOException {
        sink.write(line.toByteArray());
        line.reset();
    }

    @Override
    public void close() throws IOException {
        if (line.size() > 0) {
            line.write('\n');
            flushLine();
        }
    }
}
