package io.tidegate.steps.cleanse;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Types a rule can demand of a column. A text that reads as one is turned into it. */
public enum ColumnType {
    /** A whole number. */
    INTEGER,
    /** A number. */
    NUMBER,
    TEXT,
    BOOLEAN,
    DATE,
    /** What a clock on the wall shows: date and time without a zone. */
    TIMESTAMP,
    /** A point in time; texts are read in UTC unless they name an offset. */
    INSTANT;

    DataType dataType() {
        return switch (this) {
            case INTEGER -> DataTypes.LongType;
            case NUMBER -> DataTypes.DoubleType;
            case TEXT -> DataTypes.StringType;
            case BOOLEAN -> DataTypes.BooleanType;
            case DATE -> DataTypes.DateType;
            case TIMESTAMP -> DataTypes.TimestampNTZType;
            case INSTANT -> DataTypes.TimestampType;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ColumnType> ofWord(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
