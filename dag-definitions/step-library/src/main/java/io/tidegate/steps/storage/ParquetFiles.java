package io.tidegate.steps.storage;

import io.tidegate.steps.contract.StepFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells whole parquet files from those that were cut short, before Spark trips over them with a message about magic numbers. The form is
 * that of the Apache Parquet format: {@code PAR1}, data, footer, length of the footer in four bytes, {@code PAR1}.
 */
public final class ParquetFiles {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED_MAGIC = "PARE".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = 8;
    private static final int LENGTH_BYTES = 4;
    private static final int SMALLEST = MAGIC.length + TAIL_BYTES;

    private ParquetFiles() {}

    /**
     * Looks at both ends of each data file of a folder, or of a file.
     *
     * @throws StepFailure when a file is no whole parquet file, or when there is none
     */
    public static void requireWhole(Storage storage, String uri) {
        List<Storage.StoredFile> files = storage.dataFiles(uri);
        if (files.isEmpty()) {
            throw new StepFailure(uri + " holds no data file");
        }
        for (Storage.StoredFile file : files) {
            fault(storage, file).ifPresent(fault -> {
                throw new StepFailure("the parquet file " + file.path().toUri().getPath() + " (" + file.bytes()
                        + " bytes) " + fault + ": get it again from where it came from");
            });
        }
    }

    private static Optional<String> fault(Storage storage, Storage.StoredFile file) {
        if (file.bytes() < SMALLEST) {
            return Optional.of("is cut short: a parquet file has at least " + SMALLEST + " bytes");
        }
        byte[] head = storage.bytes(file, 0, MAGIC.length);
        byte[] tail = storage.bytes(file, file.bytes() - TAIL_BYTES, TAIL_BYTES);
        byte[] end = Arrays.copyOfRange(tail, LENGTH_BYTES, TAIL_BYTES);
        if (!Arrays.equals(head, MAGIC) && !Arrays.equals(head, ENCRYPTED_MAGIC)) {
            return Optional.of("is no parquet file: it does not begin with PAR1");
        }
        if (!Arrays.equals(end, head)) {
            return Optional.of("is cut short: it does not end with PAR1");
        }
        long footer = Integer.toUnsignedLong(
                ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt());
        return footer + SMALLEST > file.bytes()
                ? Optional.of("is damaged: its footer is said to be longer than the file")
                : Optional.empty();
    }
}
