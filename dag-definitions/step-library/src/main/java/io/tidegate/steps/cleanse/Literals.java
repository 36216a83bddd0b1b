package io.tidegate.steps.cleanse;

import static org.apache.spark.sql.functions.lit;

import io.tidegate.steps.contract.StepFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** Values that rules write as text, as literals of a column's type. */
final class Literals {
    private Literals() {}

    static Column of(Rule rule, String text, DataType type) {
        try {
            if (type instanceof NumericType) {
                return number(text, type);
            }
            if (type.equals(DataTypes.DateType)) {
                return lit(LocalDate.parse(text));
            }
            if (type.equals(DataTypes.TimestampNTZType)) {
                return lit(dateTime(text));
            }
            if (type.equals(DataTypes.TimestampType)) {
                return lit(instant(text));
            }
            return lit(text).cast(type);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new StepFailure(
                    "the rule " + rule.name() + " holds the column " + rule.column() + ", of type "
                            + type.simpleString() + ", against '" + text
                            + "', which is none: write a value of that type, or put a rule 'type' before it",
                    e);
        }
    }

    private static Column number(String text, DataType type) {
        double number = Double.parseDouble(text);
        boolean whole = type.equals(DataTypes.LongType) || type.equals(DataTypes.IntegerType);
        return whole && number == Math.rint(number) ? lit(Long.parseLong(text)).cast(type) : lit(number);
    }

    private static LocalDateTime dateTime(String text) {
        return text.contains("T")
                ? LocalDateTime.parse(text)
                : LocalDate.parse(text).atStartOfDay();
    }

    private static Instant instant(String text) {
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
