package io.tidegate.dag.parser.testfile;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.parser.shape.EitherType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.shape.LocatedType;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.NumberType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.TruthType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.testfile.Sample.ExpectedRows;
import io.tidegate.dag.parser.testfile.Sample.GivenPartition;
import io.tidegate.dag.parser.testfile.Sample.Rows;
import io.tidegate.dag.parser.text.InputReferences;
import io.tidegate.dag.parser.text.Patterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of an entry of {@code samples}. */
final class SampleFields {
    private static final String ROWS_PATTERN = "^(?!/)[^\\\\]+\\.(csv|json|jsonl|parquet)$";
    private static final String ROWS_NOUN = "the path of a .csv, .json or .parquet file from the folder of this file";
    private static final TextType<String> PATH =
            TextType.of(ROWS_NOUN, ROWS_PATTERN, Patterns.of(ROWS_PATTERN, ROWS_NOUN));

    private static final Field<Map<String, Optional<String>>> TYPES = optional(
            "types",
            TestNotations.byName("a mapping of columns", TestNotations.TEXT),
            "What columns are, in the words of Spark SQL; found out from a csv or json file when left out.",
            "types: { date: timestamp, delay: int }");

    // What lies there before the run.

    private static final Field<String> FILE =
            required("file", PATH, "The file with the rows.", "file: test-data/raw.csv");
    private static final ValueType<Rows> ROWS = new EitherType<>(
            "a file, or a mapping with file and types",
            new Converted<>(PATH, path -> new Rows(path, Map.of())),
            ObjectType.of(
                    "rows",
                    "rows",
                    List.of(FILE, TYPES),
                    values -> values.get(FILE).map(path -> new Rows(path, TestNotations.readable(values.get(TYPES))))));

    private static final Field<Map<String, Optional<Located<String>>>> FILES = optional(
            "files",
            TestNotations.locatedByName(
                    "a mapping of paths below the data home",
                    TextType.of(
                            "a path from the folder of this file",
                            Patterns.PATH,
                            Patterns.of(Patterns.PATH, "a path from the folder of this file"))),
            "Files and folders that are copied below {{ home }}, by their paths there.",
            "files: { landing/flights.csv: test-data/flights.csv }");
    private static final Field<Map<InputReference, Optional<Located<Rows>>>> DATASETS = optional(
            "datasets",
            new MapType<>(
                    "a mapping of partitions",
                    InputReferences::read,
                    Map.of("pattern", InputReferences.PATTERN),
                    new LocatedType<>(ROWS)),
            "What lies in partitions of datasets before the run starts; the step that writes the run's own partition"
                    + " of one does not run.",
            "datasets: { raw_flights: test-data/raw.csv, \"raw_flights[-1]\": test-data/before.csv }");

    // What lies there after it.

    private static final Field<String> EXPECTED_FILE = optional(
            "file",
            PATH,
            "The rows that must be there. Columns that the file does not have are not looked at.",
            "file: test-data/clean.csv");
    private static final Field<Long> COUNT = optional(
            "rows",
            new WholeNumberType("a number of rows", 0, Long.MAX_VALUE),
            "How many rows there must be.",
            "rows: 120");
    private static final Field<Double> TOLERANCE = optional(
            "tolerance",
            new NumberType(),
            "How far fractional numbers may be off, relative to their size; 1e-9 when left out.",
            "tolerance: 0.001");
    private static final Field<Boolean> ORDERED = optional(
            "ordered",
            new TruthType(),
            "Whether the rows must come in the order of the file; their order does not matter when left out.",
            "ordered: true");

    private static final double USUAL_TOLERANCE = 1e-9;

    private static final ValueType<ExpectedRows> EXPECTED_ROWS = new EitherType<>(
            "a file, or a mapping",
            new Converted<>(
                    PATH,
                    path -> new ExpectedRows(
                            Optional.of(new Rows(path, Map.of())), OptionalLong.empty(), USUAL_TOLERANCE, false)),
            ObjectType.of(
                    "expected_rows",
                    "expected rows",
                    List.of(EXPECTED_FILE, COUNT, TYPES, TOLERANCE, ORDERED),
                    SampleFields::expectedRows));

    private static final Field<Map<String, Optional<Located<ExpectedRows>>>> EXPECTED_DATASETS = optional(
            "datasets",
            TestNotations.locatedByName("a mapping of datasets", EXPECTED_ROWS),
            "What the run's partitions of datasets hold at its end.",
            "datasets: { clean_flights: test-data/clean.csv, rejected_flights: { rows: 3 } }");

    private record Expectations(Expected run, Map<String, Located<ExpectedRows>> datasets) {}

    private static final Field<Expectations> EXPECT = optional(
            "expect",
            ObjectType.of(
                    "expected_sample",
                    "what is expected",
                    expectedFields(),
                    values -> Optional.of(new Expectations(
                            ExpectedFields.bind(values), TestNotations.readable(values.get(EXPECTED_DATASETS))))),
            "What must come of it; that the run succeeds when left out.",
            "expect: { datasets: { clean_flights: test-data/clean.csv } }");

    /** What is read of a sample before its name is known. */
    record Draft(
            Given given,
            Map<String, Located<String>> files,
            List<Located<GivenPartition>> partitions,
            Expected expected,
            Map<String, Located<ExpectedRows>> datasets) {}

    static final ObjectType<Draft> TYPE =
            ObjectType.of("sample", "a sample", fields(), values -> Optional.of(draft(values)));

    private SampleFields() {}

    private static List<Field<?>> fields() {
        List<Field<?>> fields = new ArrayList<>(GivenFields.OF_SAMPLES);
        fields.addAll(List.of(FILES, DATASETS, EXPECT));
        return fields;
    }

    private static List<Field<?>> expectedFields() {
        List<Field<?>> fields = new ArrayList<>(ExpectedFields.ALL);
        fields.add(EXPECTED_DATASETS);
        return fields;
    }

    private static Draft draft(Values values) {
        List<Located<GivenPartition>> partitions = new ArrayList<>();
        values.get(DATASETS)
                .orElse(Map.of())
                .forEach((partition, rows) -> rows.ifPresent(found ->
                        partitions.add(new Located<>(new GivenPartition(partition, found.value()), found.position()))));
        Optional<Expectations> expected = values.get(EXPECT);
        return new Draft(
                GivenFields.bind(values),
                TestNotations.readable(values.get(FILES)),
                partitions,
                expected.map(Expectations::run).orElse(Expected.NOTHING),
                expected.map(Expectations::datasets).orElse(Map.of()));
    }

    private static Optional<ExpectedRows> expectedRows(Values values) {
        if (!values.has(EXPECTED_FILE) && !values.has(COUNT)) {
            values.reading()
                    .report(
                            values.owner(),
                            "expected rows need a file or their number",
                            "for example " + COUNT.example());
            return Optional.empty();
        }
        return Optional.of(new ExpectedRows(
                values.get(EXPECTED_FILE).map(path -> new Rows(path, TestNotations.readable(values.get(TYPES)))),
                values.get(COUNT).map(OptionalLong::of).orElse(OptionalLong.empty()),
                values.get(TOLERANCE).orElse(USUAL_TOLERANCE),
                values.get(ORDERED).orElse(false)));
    }
}
