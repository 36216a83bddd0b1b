package io.tidegate.server.secret;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hides values wherever they stand, in all their {@link SecretForms}. Each byte of a value becomes an asterisk, so that offsets into a log stay what
 * they are. Immutable.
 */
public final class SecretMask {
    /** Shortest value that can be hidden without hiding half of every log. */
    public static final int SHORTEST = 4;

    /** Hides nothing. */
    public static final SecretMask NONE = new SecretMask(List.of());

    private static final byte ASTERISK = '*';
    /** What stands where a log that is too long has been cut: what is before it and after it may be a part of a value. */
    private static final byte[] CUT = "\n[tidegate: the log is too long".getBytes(StandardCharsets.US_ASCII);

    private static final int LONGEST_CUT = 128;

    private final Map<Integer, List<byte[]>> byBeginning = new HashMap<>();
    private final Map<Integer, List<byte[]>> byEnd = new HashMap<>();
    private final int longest;

    private SecretMask(Collection<String> values) {
        Set<String> forms = new LinkedHashSet<>();
        values.forEach(value -> forms.addAll(SecretForms.of(value)));
        int most = 0;
        for (String form : forms) {
            byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
            if (bytes.length >= SHORTEST) {
                byBeginning
                        .computeIfAbsent(key(bytes, 0), key -> new ArrayList<>())
                        .add(bytes);
                byEnd.computeIfAbsent(key(bytes, bytes.length - SHORTEST), key -> new ArrayList<>())
                        .add(bytes);
                most = Math.max(most, bytes.length);
            }
        }
        longest = most;
    }

    /** Hides these values; those shorter than {@link #SHORTEST} are left out. */
    public static SecretMask of(Collection<String> values) {
        return values.isEmpty() ? NONE : new SecretMask(values);
    }

    public boolean isEmpty() {
        return byBeginning.isEmpty();
    }

    /** Bytes of the longest form. */
    int longest() {
        return longest;
    }

    /** Bytes on both sides of a stretch of a log that decide what of it is hidden. */
    int around() {
        return longest - 1 + LONGEST_CUT;
    }

    /** The text with every value hidden. */
    public String hide(String text) {
        if (isEmpty()) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return hide(bytes, false) ? new String(bytes, StandardCharsets.UTF_8) : text;
    }

    /** The stream with every value hidden; closing it closes the stream. */
    public InputStream hide(InputStream stream) {
        return MaskedStream.of(stream, this);
    }

    /**
     * Hides every value in the bytes.
     *
     * @param atEnd whether more may follow that is not there yet: what may be the beginning of a value is hidden then
     * @return whether anything was hidden
     */
    public boolean hide(byte[] bytes, boolean atEnd) {
        List<int[]> hidden = new ArrayList<>();
        int from = 0;
        for (int cut = cutAfter(bytes, 0); cut >= 0; cut = cutAfter(bytes, cut + CUT.length)) {
            find(bytes, from, cut, true, hidden);
            from = lineEnd(bytes, cut + CUT.length);
            findRest(bytes, from, hidden);
        }
        find(bytes, from, bytes.length, atEnd, hidden);
        hidden.forEach(range -> Arrays.fill(bytes, range[0], range[1], ASTERISK));
        return !hidden.isEmpty();
    }

    private void find(byte[] bytes, int from, int to, boolean open, List<int[]> hidden) {
        for (int start = from; start + SHORTEST <= to; start++) {
            for (byte[] form : byBeginning.getOrDefault(key(bytes, start), List.of())) {
                int end = start + form.length;
                if ((end <= to || open) && isAt(bytes, start, Math.min(end, to), form, 0)) {
                    hidden.add(new int[] {start, Math.min(end, to)});
                }
            }
        }
    }

    /** Finds what may be the rest of a value whose beginning is gone. */
    private void findRest(byte[] bytes, int from, List<int[]> hidden) {
        int to = Math.min(bytes.length, from + longest);
        for (int end = from + SHORTEST; end <= to; end++) {
            for (byte[] form : byEnd.getOrDefault(key(bytes, end - SHORTEST), List.of())) {
                int missing = form.length - (end - from);
                if (missing > 0 && isAt(bytes, from, end, form, missing)) {
                    hidden.add(new int[] {from, end});
                }
            }
        }
    }

    private static boolean isAt(byte[] bytes, int start, int end, byte[] form, int skipped) {
        return Arrays.equals(bytes, start, end, form, skipped, skipped + end - start);
    }

    private static int cutAfter(byte[] bytes, int from) {
        for (int start = from; start + CUT.length <= bytes.length; start++) {
            if (bytes[start] == CUT[0] && Arrays.equals(bytes, start, start + CUT.length, CUT, 0, CUT.length)) {
                return start;
            }
        }
        return -1;
    }

    private static int lineEnd(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return Math.min(bytes.length, end + 1);
    }

    private static int key(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }
}
