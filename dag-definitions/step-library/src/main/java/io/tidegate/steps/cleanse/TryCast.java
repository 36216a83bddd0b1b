package io.tidegate.steps.cleanse;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.expr;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;

/** Reads a value as another type and gives null where it is none, on Spark 3.5 as on Spark 4. */
final class TryCast {
    private static final boolean IS_OF_COLUMNS = Arrays.stream(Column.class.getMethods())
            .anyMatch(method -> method.getName().equals("try_cast"));

    private TryCast() {}

    static Column of(Column column, DataType target) {
        if (IS_OF_COLUMNS) {
            return column.try_cast(target);
        }
        // Spark 3 has it in SQL only, where a column that is more than a name can be spoken of as the argument of a
        // function.
        Column reading = expr("value -> try_cast(value AS " + target.sql() + ")");
        return call_function("transform", array(column), reading).getItem(0);
    }
}
