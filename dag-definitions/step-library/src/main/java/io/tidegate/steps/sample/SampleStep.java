package io.tidegate.steps.sample;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.runtime.BuiltInStep;
import io.tidegate.steps.runtime.StepContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * The program of {@code tidegate run --local}: writes sample rows into partitions in their datasets' formats, and compares partitions with files.
 * What differs is reported as the output {@code differences}: for each dataset what was expected and what is there, line by line.
 */
public final class SampleStep implements BuiltInStep {
    /** More rows are no sample, and would not fit in memory. */
    private static final int MOST_ROWS = 100_000;

    @Override
    public void run(StepContext context) {
        JsonNode sample = context.specification().sample();
        for (JsonNode partition : sample.path("land")) {
            land(context, partition);
        }
        Map<String, Object> differences = new LinkedHashMap<>();
        for (JsonNode wanted : sample.path("compare")) {
            Difference difference = compare(context, wanted);
            if (!difference.isEmpty()) {
                differences.put(
                        wanted.path("dataset").asText(),
                        Map.of("expected", difference.expected(), "actual", difference.actual()));
            }
        }
        context.report().output("differences", differences);
    }

    private static void land(StepContext context, JsonNode partition) {
        SampleRows rows = rows(context, partition.path("from"), partition.path("types"));
        rows.inferred()
                .coalesce(1)
                .write()
                .mode("overwrite")
                .format(partition.path("to_format").asText())
                .option("header", true)
                .save(partition.path("to").asText());
    }

    private static Difference compare(StepContext context, JsonNode wanted) {
        String uri = wanted.path("actual").asText();
        if (!context.storage().exists(uri)) {
            return Difference.of("rows at " + uri, "nothing is there");
        }
        Dataset<Row> actual = new SampleRows(
                        context.spark(), uri, wanted.path("actual_format").asText(), Map.of())
                .inferred();
        OptionalLong count =
                wanted.has("rows") ? OptionalLong.of(wanted.path("rows").asLong()) : OptionalLong.empty();
        if (count.isPresent() && actual.count() != count.getAsLong()) {
            return Difference.of(count.getAsLong() + " rows", actual.count() + " rows");
        }
        if (!wanted.has("expected")) {
            return Difference.NONE;
        }
        return compareRows(context, wanted, actual);
    }

    private static Difference compareRows(StepContext context, JsonNode wanted, Dataset<Row> actual) {
        SampleRows expected = rows(context, wanted.path("expected"), wanted.path("types"));
        List<String> columns = expected.columns();
        Difference types = types(columns, expected, actual);
        if (!types.isEmpty()) {
            return types;
        }
        RowComparison comparison = new RowComparison(
                columns,
                wanted.path("tolerance").asDouble(),
                wanted.path("ordered").asBoolean());
        return comparison.compare(
                collect(expected.like(actual.schema()), columns, expected.uri()),
                collect(actual, columns, wanted.path("actual").asText()));
    }

    /** Columns that are missing or of another type; a type counts where the file has one or the test names one. */
    private static Difference types(List<String> columns, SampleRows expected, Dataset<Row> actual) {
        List<String> wanted = new ArrayList<>();
        List<String> found = new ArrayList<>();
        List<String> there = List.of(actual.columns());
        for (String column : columns) {
            String type =
                    expected.declaredType(column).map(DataType::simpleString).orElse("any type");
            if (!there.contains(column)) {
                wanted.add("column " + column + ": " + type);
                found.add("no column " + column + ", but " + String.join(", ", there));
                continue;
            }
            StructField field = actual.schema().apply(column);
            String is = field.dataType().simpleString();
            if (!type.equals("any type") && !type.equals(is)) {
                wanted.add("column " + column + ": " + type);
                found.add("column " + column + ": " + is);
            }
        }
        return new Difference(wanted, found);
    }

    private static List<Row> collect(Dataset<Row> frame, List<String> columns, String uri) {
        List<Row> rows = frame.select(
                        columns.get(0), columns.subList(1, columns.size()).toArray(String[]::new))
                .limit(MOST_ROWS + 1)
                .collectAsList();
        if (rows.size() > MOST_ROWS) {
            throw new StepFailure(uri + " has more than " + MOST_ROWS + " rows: compare a smaller sample");
        }
        return rows;
    }

    private static SampleRows rows(StepContext context, JsonNode uri, JsonNode types) {
        Map<String, String> declared = new LinkedHashMap<>();
        types.properties()
                .forEach(entry -> declared.put(entry.getKey(), entry.getValue().asText()));
        return new SampleRows(context.spark(), uri.asText(), SampleRows.formatOf(uri.asText()), declared);
    }
}
