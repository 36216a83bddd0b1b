package io.tidegate.steps.sample;

import io.tidegate.steps.contract.StepFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows of a file or folder. A parquet file knows its types; those of csv (with a header) and json (one object a line) are found out or told. */
final class SampleRows {
    private static final String PARQUET = "parquet";

    private final SparkSession spark;
    private final String uri;
    private final String format;
    private final Map<String, String> types;

    /**
     * @param types by column, in the words of Spark SQL
     */
    SampleRows(SparkSession spark, String uri, String format, Map<String, String> types) {
        this.spark = spark;
        this.uri = uri;
        this.format = format;
        this.types = Map.copyOf(types);
    }

    /** The format by the ending of a file's name. */
    static String formatOf(String uri) {
        String ending = uri.substring(uri.lastIndexOf('.') + 1);
        return ending.equals("jsonl") ? "json" : ending;
    }

    String uri() {
        return uri;
    }

    /** The rows with the types that are told, and the others as the file has them or as its values look. */
    Dataset<Row> inferred() {
        if (format.equals(PARQUET)) {
            return spark.read().parquet(uri);
        }
        return read(looks());
    }

    /** The rows with the types of another schema. */
    Dataset<Row> like(StructType other) {
        return format.equals(PARQUET) ? inferred() : read(other);
    }

    List<String> columns() {
        return List.of(
                spark.read().format(format).option("header", true).load(uri).columns());
    }

    /** The type a column must have; empty where neither the file nor the test says. */
    Optional<DataType> declaredType(String column) {
        if (types.containsKey(column)) {
            return Optional.of(type(types.get(column)));
        }
        return format.equals(PARQUET)
                ? Optional.of(inferred().schema().apply(column).dataType())
                : Optional.empty();
    }

    private StructType looks() {
        return reader().option("inferSchema", true).load(uri).schema();
    }

    /** A value that is not of its column's type stops the reading, instead of becoming nothing. */
    private Dataset<Row> read(StructType schema) {
        List<String> columns = columns();
        List<String> unknown = types.keySet().stream()
                .filter(column -> !columns.contains(column))
                .toList();
        if (!unknown.isEmpty()) {
            throw new StepFailure(
                    uri + " has no column " + String.join(", ", unknown) + "; it has " + String.join(", ", columns));
        }
        List<StructField> fields = new ArrayList<>();
        for (String column : columns) {
            DataType type = types.containsKey(column)
                    ? type(types.get(column))
                    : schema.apply(column).dataType();
            fields.add(new StructField(column, type, true, Metadata.empty()));
        }
        return reader().schema(new StructType(fields.toArray(StructField[]::new)))
                .option("mode", "FAILFAST")
                .load(uri);
    }

    private DataFrameReader reader() {
        return spark.read().format(format).option("header", true);
    }

    private static DataType type(String text) {
        try {
            return DataType.fromDDL(text);
        } catch (Exception unknown) { // Spark declares none, and throws a checked one.
            throw new StepFailure(
                    "'" + text + "' is no type of Spark SQL such as int, double, date or timestamp", unknown);
        }
    }
}
