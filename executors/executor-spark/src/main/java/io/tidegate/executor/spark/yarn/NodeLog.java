package io.tidegate.executor.spark.yarn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a log file out of the page by which a node serves it: some lines about the file, the file, and more lines about it. */
final class NodeLog {
    /** Bytes that the lines before the file have at most. */
    static final int LONGEST_HEADING = 8192;

    private static final Pattern HEADING = Pattern.compile("(?s)\\A.*?\\nLogLength:([0-9]+)\\R(?:LogContents:\\R)");

    private NodeLog() {}

    /** The bytes of the file from an offset on; none when the page holds no file. */
    static byte[] part(byte[] page, long offset, int maximumBytes) {
        String beginning = new String(page, 0, Math.min(page.length, LONGEST_HEADING), StandardCharsets.ISO_8859_1);
        Matcher heading = HEADING.matcher(beginning);
        if (!heading.find()) {
            return new byte[0];
        }
        long start = heading.end() + offset;
        long fileEnd = heading.end() + Long.parseLong(heading.group(1));
        long end = Math.min(Math.min(fileEnd, page.length), start + maximumBytes);
        return start >= end ? new byte[0] : Arrays.copyOfRange(page, (int) start, (int) end);
    }
}
