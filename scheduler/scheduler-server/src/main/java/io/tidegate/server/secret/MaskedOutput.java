package io.tidegate.server.secret;

import io.tidegate.executor.AttemptOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What an attempt wrote, with values hidden. Stretches of the log are looked at with what is around them, so that a value across the border of two
 * is found in both.
 */
final class MaskedOutput implements AttemptOutput {
    private final AttemptOutput output;
    private final Supplier<SecretMask> masks;

    MaskedOutput(AttemptOutput output, Supplier<SecretMask> masks) {
        this.output = output;
        this.masks = masks;
    }

    @Override
    public long logSize() throws IOException {
        return output.logSize();
    }

    @Override
    public byte[] readLog(long offset, int maximumBytes) throws IOException {
        SecretMask mask = masks.get();
        if (mask.isEmpty() || offset < 0 || maximumBytes <= 0) {
            return output.readLog(offset, maximumBytes);
        }
        int around = mask.around();
        int before = (int) Math.min(offset, around);
        int wanted = (int) Math.min(Integer.MAX_VALUE, (long) before + maximumBytes + around);
        byte[] bytes = output.readLog(offset - before, wanted);
        mask.hide(bytes, bytes.length < wanted);
        int start = Math.min(before, bytes.length);
        return Arrays.copyOfRange(bytes, start, (int) Math.min(bytes.length, (long) start + maximumBytes));
    }

    @Override
    public InputStream report() throws IOException {
        return MaskedStream.of(output.report(), masks.get());
    }
}
