package io.tidegate.steps.cleanse;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Types a rule can demand of a column. A text that reads as one is turned into it. */
public enum ColumnType {
    /** A whole number. */
    INTEGER(DataTypes.LongType),
    /** A number. */
    NUMBER(DataTypes.DoubleType),
    TEXT(DataTypes.StringType),
    BOOLEAN(DataTypes.BooleanType),
    DATE(DataTypes.DateType),
    /** What a clock on the wall shows: date and time without a zone. */
    TIMESTAMP(DataTypes.TimestampNTZType),
    /** A point in time; texts are read in UTC unless they name an offset. */
    INSTANT(DataTypes.TimestampType);

    private final DataType dataType;

    ColumnType(DataType dataType) {
        this.dataType = dataType;
    }

    DataType dataType() {
        return dataType;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ColumnType> ofWord(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
