package io.tidegate.steps.storage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.isnull;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * A fingerprint of what a DataFrame holds: the same rows give the same fingerprint in whatever order, in however many files and however
 * compressed they are; another row, value, column name or type gives another.
 *
 * <p>Formula, version 1. Columns are taken in the order of their names. Each row gets two 64-bit hashes, both by Spark's {@code xxhash64}
 * (XXH64, seed 42) over the sequence {@code isnull(c1), c1, isnull(c2), c2, ...}; the second has the text {@code tidegate} in front. Each
 * hash is cut into its lower and its upper 32 bits, and each of the four numbers is summed over all rows, which no order changes. The
 * fingerprint is {@code sha256:} and the SHA-256, in hexadecimal, of the UTF-8 text
 *
 * <pre>
 * tidegate-content-1
 * name type             (a line for each column, type as in Spark SQL)
 * rows lower1 upper1 lower2 upper2
 * </pre>
 *
 * with a newline after each line. It tells accidents apart, not forgeries: XXH64 is no cryptographic hash.
 */
public final class ContentFingerprint {
    private static final long LOWER_HALF = 0xffff_ffffL;
    private static final int HALF_BITS = 32;

    private ContentFingerprint() {}

    /**
     * Rows and fingerprint of some content.
     *
     * @param rows number of rows
     * @param fingerprint see {@link ContentFingerprint}
     */
    public record Content(long rows, String fingerprint) {}

    /** Reads a DataFrame once and fingerprints it. Columns of type map have no order of their own and are refused by Spark. */
    public static Content of(Dataset<Row> frame) {
        List<StructField> fields = new ArrayList<>(List.of(frame.schema().fields()));
        fields.sort(Comparator.comparing(StructField::name));
        List<Column> sequence = new ArrayList<>();
        StringBuilder text = new StringBuilder("tidegate-content-1\n");
        for (StructField field : fields) {
            Column column = col("`" + field.name().replace("`", "``") + "`");
            sequence.add(isnull(column));
            sequence.add(column);
            text.append(field.name())
                    .append(' ')
                    .append(field.dataType().simpleString())
                    .append('\n');
        }
        Column first = xxhash64(sequence.toArray(Column[]::new));
        sequence.add(0, lit("tidegate"));
        Column second = xxhash64(sequence.toArray(Column[]::new));
        Row sums = frame.select(first.as("first"), second.as("second"))
                .agg(count(lit(1)), lower("first"), upper("first"), lower("second"), upper("second"))
                .first();
        long rows = sums.getLong(0);
        text.append(rows);
        for (int part = 1; part < sums.length(); part++) {
            text.append(' ').append(sums.isNullAt(part) ? 0 : sums.getLong(part));
        }
        return new Content(rows, Storage.digestOf(text.append('\n').toString()));
    }

    private static Column lower(String hash) {
        return sum(col(hash).bitwiseAND(LOWER_HALF));
    }

    private static Column upper(String hash) {
        return sum(shiftrightunsigned(col(hash), HALF_BITS));
    }
}
