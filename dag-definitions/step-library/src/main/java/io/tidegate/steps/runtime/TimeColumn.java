package io.tidegate.steps.runtime;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidegate.steps.contract.Interval;
import io.tidegate.steps.contract.StepFailure;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The column that says when a row is from. A column of instants is held against instants, a wall-clock time or a date against what the
 * clocks of the DAG's zone show then.
 */
public final class TimeColumn {
    private final Column column;
    private final DataType type;

    private TimeColumn(Column column, DataType type) {
        this.column = column;
        this.type = type;
    }

    /**
     * @param what what the frame is, for messages
     * @throws StepFailure when there is no such column or it holds no times
     */
    public static TimeColumn of(Dataset<Row> frame, String name, String what) {
        if (!Arrays.asList(frame.columns()).contains(name)) {
            throw new StepFailure(what + " has no column '" + name + "' to tell the time by; it has "
                    + String.join(", ", frame.columns()));
        }
        DataType type = frame.schema().apply(name).dataType();
        boolean known = type.equals(DataTypes.TimestampType)
                || type.equals(DataTypes.TimestampNTZType)
                || type.equals(DataTypes.DateType);
        if (!known) {
            throw new StepFailure("the column '" + name + "' of " + what + " is of type " + type.simpleString()
                    + "; time is told by a timestamp or a date");
        }
        return new TimeColumn(col(name), type);
    }

    /** Whether a row is from before a time. */
    public Column before(OffsetDateTime time) {
        return column.lt(lit(comparable(time)));
    }

    /** Whether a row is from an interval, its start included and its end not. */
    public Column within(Interval interval) {
        return column.geq(lit(comparable(interval.start()))).and(before(interval.end()));
    }

    /** Whether a row is from a time or later. */
    public Column from(OffsetDateTime time) {
        return column.geq(lit(comparable(time)));
    }

    private Object comparable(OffsetDateTime time) {
        if (type.equals(DataTypes.TimestampType)) {
            return time.toInstant();
        }
        if (type.equals(DataTypes.TimestampNTZType)) {
            return time.toLocalDateTime();
        }
        LocalDate day = time.toLocalDate();
        return time.toLocalTime().toSecondOfDay() == 0 ? day : day.plusDays(1);
    }
}
