package io.tidegate.server.secret;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A stream in which values are hidden, also where they stand across the borders of what is read at a time. Not thread-safe. */
final class MaskedStream extends FilterInputStream {
    private static final int CHUNK = 1 << 16;

    private final SecretMask mask;
    private byte[] buffer = new byte[0];
    private int position;
    /** Bytes of the buffer that may be given away: what follows may be the beginning of a value. */
    private int sure;

    private boolean ended;

    private MaskedStream(InputStream stream, SecretMask mask) {
        super(stream);
        this.mask = mask;
    }

    static InputStream of(InputStream stream, SecretMask mask) {
        return mask.isEmpty() ? stream : new MaskedStream(stream, mask);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == sure && !ended) {
            fill();
        }
        int count = Math.min(length, sure - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count == 0 ? -1 : count;
    }

    private void fill() throws IOException {
        byte[] more = in.readNBytes(CHUNK + mask.longest());
        byte[] rest = Arrays.copyOfRange(buffer, position, buffer.length);
        buffer = Arrays.copyOf(rest, rest.length + more.length);
        System.arraycopy(more, 0, buffer, rest.length, more.length);
        position = 0;
        ended = more.length == 0;
        mask.hide(buffer, false);
        sure = ended ? buffer.length : Math.max(0, buffer.length - mask.longest() + 1);
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(count, CHUNK)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, (long) in.available() + buffer.length - position);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
