package io.tidegate.steps.cleanse;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Whether a text is one of many codes. Spark's own {@code isin} makes a node of its plan for each code, and looks at all of them again in
 * each step of its planning: with thousands of codes that takes longer than the data.
 */
final class KnownCode implements UDF1<String, Boolean> {
    private static final long serialVersionUID = 1L;

    private final HashSet<String> codes;

    private KnownCode(Set<String> codes) {
        this.codes = new HashSet<>(codes);
    }

    static Column isOneOf(Column text, Set<String> codes) {
        return functions.udf(new KnownCode(codes), DataTypes.BooleanType).apply(text);
    }

    /** A missing value is not judged. */
    @Override
    public Boolean call(String text) {
        return text == null ? null : codes.contains(text);
    }
}
