package io.tidegate.server.report;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of a stream that may hold anything: no line costs more memory than the limit, no stream more time than its own. */
final class BoundedLines {
    private final InputStream stream;
    private final int longestLine;
    private long remaining;
    private int number;

    BoundedLines(InputStream stream, int longestLine, long mostBytes) {
        this.stream = new BufferedInputStream(stream);
        this.longestLine = longestLine;
        this.remaining = mostBytes;
    }

    /**
     * @param number counts from 1
     * @param text the line, absent when it cannot be used
     * @param problem why it cannot be used; empty text otherwise
     */
    record Line(int number, Optional<String> text, String problem) {}

    /** The next line, or empty at the end. After the most bytes, one last line says so. */
    Optional<Line> next() throws IOException {
        if (remaining < 0) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long length = 0;
        int value = stream.read();
        if (value < 0) {
            return Optional.empty();
        }
        number++;
        while (value >= 0 && value != '\n') {
            length++;
            if (length <= longestLine) {
                bytes.write(value);
            }
            if (--remaining < 0) {
                return Optional.of(
                        new Line(number, Optional.empty(), "the report is too large; what follows was not read"));
            }
            value = stream.read();
        }
        if (length > longestLine) {
            return Optional.of(new Line(
                    number,
                    Optional.empty(),
                    "the line has " + length + " bytes; at most " + longestLine + " are read"));
        }
        return Optional.of(decode(bytes.toByteArray()));
    }

    private Line decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Line(number, Optional.of(text), "");
        } catch (CharacterCodingException notText) {
            return new Line(number, Optional.empty(), "the line is not UTF-8 text");
        }
    }
}
