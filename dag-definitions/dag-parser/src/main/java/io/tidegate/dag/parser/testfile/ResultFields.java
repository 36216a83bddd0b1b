package io.tidegate.dag.parser.testfile;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.parser.shape.DocumentType;
import io.tidegate.dag.parser.shape.EitherType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.NumberType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.OneOrMoreType;
import io.tidegate.dag.parser.shape.TruthType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.testfile.Given.Measured;
import io.tidegate.dag.parser.testfile.StepResult.Comparison;
import io.tidegate.dag.parser.testfile.StepResult.Failure;
import io.tidegate.dag.parser.testfile.StepResult.Report;
import io.tidegate.dag.parser.testfile.StepResult.Slice;
import io.tidegate.dag.parser.text.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The fields of a result under {@code steps}. */
final class ResultFields {
    private static final int LARGEST_EXIT_CODE = 255;
    private static final ValueType<Map<String, Optional<Double>>> NUMBERS =
            TestNotations.byName("a mapping of metric names", new NumberType());

    // A measured number.

    private static final Field<Double> VALUE = Field.required("value", new NumberType(), "The number.", "value: 0.53");
    private static final Field<Long> SAMPLES = optional(
            "samples",
            new WholeNumberType("a number of rows", 0, Long.MAX_VALUE),
            "How many rows the number rests on; as many as any rule asks for when left out.",
            "samples: 12000");

    static final ValueType<Measured> MEASURED = new EitherType<>(
            "a number, or a mapping with value and samples",
            new Converted<>(new NumberType(), value -> new Measured(value, OptionalLong.empty())),
            ObjectType.of(
                    "measured",
                    "a measured number",
                    List.of(VALUE, SAMPLES),
                    values -> values.get(VALUE)
                            .map(value -> new Measured(
                                    value,
                                    values.get(SAMPLES).map(OptionalLong::of).orElse(OptionalLong.empty())))));

    // What was measured of two models.

    private static final Field<Map<String, Optional<Double>>> CHALLENGER = optional(
            "challenger",
            NUMBERS,
            "What the training step measured of the new version.",
            "challenger: { log_loss: 0.48 }");
    private static final Field<Map<String, Optional<Double>>> CHAMPION = optional(
            "champion",
            NUMBERS,
            "What the training step measured of the champion on the same rows.",
            "champion: { log_loss: 0.50 }");

    private record Pair(Map<String, Double> challenger, Map<String, Double> champion) {}

    private static final ObjectType<Pair> PAIR = ObjectType.of(
            "slice",
            "a slice",
            List.of(CHALLENGER, CHAMPION),
            values -> Optional.of(new Pair(
                    TestNotations.readable(values.get(CHALLENGER)), TestNotations.readable(values.get(CHAMPION)))));

    // What a success reports.

    private static final Field<Map<String, Optional<Measured>>> METRICS = optional(
            "metrics",
            TestNotations.byName("a mapping of metric names", MEASURED),
            "Numbers that the step reports; those of an evaluate step are the champion's.",
            "metrics: { log_loss: 0.53 }");
    private static final Field<Map<String, Object>> OUTPUTS = optional(
            "outputs", new DocumentType("outputs by name"), "Values that the step hands on.", "outputs: { rows: 120 }");
    private static final Field<Map<String, Optional<Map<String, Optional<Pair>>>>> SLICES = optional(
            "slices",
            TestNotations.byName(
                    "a mapping of columns", TestNotations.byName("a mapping of the column's values", PAIR)),
            "What the training step measured on parts of the rows, by column and its value.",
            "slices: { origin: { ORD: { challenger: { log_loss: 0.55 }, champion: { log_loss: 0.50 } } } }");
    private static final Field<Boolean> REGISTERS = optional(
            "registers",
            new TruthType(),
            "Whether a training step registers a model version; true when left out.",
            "registers: false");

    private static final ObjectType<Report> REPORT = ObjectType.of(
            "report",
            "what a step reports",
            List.of(METRICS, OUTPUTS, CHALLENGER, CHAMPION, SLICES, REGISTERS),
            values -> Optional.of(report(values)));

    // A result.

    private static final Field<Report> SUCCEEDS = optional(
            "succeeds", REPORT, "What the step reports when it succeeds.", "succeeds: { metrics: { rows: 10 } }");
    private static final Field<Failure> FAILS = optional(
            "fails",
            TestNotations.words("a kind of failure", Failure.class),
            "Whose fault the failure is, in the words of retries.",
            "fails: user");
    private static final Field<Long> EXIT_CODE = optional(
            "exit_code",
            new WholeNumberType("an exit code", 1, LARGEST_EXIT_CODE),
            "The program's exit code; 1 when left out.",
            "exit_code: 3");
    private static final Field<String> MESSAGE =
            optional("message", TestNotations.TEXT, "What is said of the failure.", "message: disk full");
    private static final Field<Duration> STARTS_AFTER = optional(
            "starts_after",
            TestNotations.DURATION,
            "How long the job waits on its cluster until its program runs; not at all when left out.",
            "starts_after: 12m");
    private static final Field<Duration> AFTER =
            optional("after", TestNotations.DURATION, "How long the program takes; 1s when left out.", "after: 25m");

    private static final Map<String, StepResult> SHORT = shortForms();

    private static final ValueType<StepResult> RESULT = new EitherType<>(
            "a result: " + String.join(", ", SHORT.keySet()) + ", or a mapping with succeeds or fails",
            io.tidegate.dag.parser.shape.TextType.word("a result", SHORT.keySet(), Words.of("a result", SHORT)),
            ObjectType.of(
                    "result",
                    "a result",
                    List.of(SUCCEEDS, FAILS, EXIT_CODE, MESSAGE, STARTS_AFTER, AFTER),
                    ResultFields::bind));

    static final ValueType<List<StepResult>> RESULTS = new OneOrMoreType<>("a list of results", RESULT);

    private ResultFields() {}

    private static Map<String, StepResult> shortForms() {
        Map<String, StepResult> forms = new LinkedHashMap<>();
        forms.put("succeeds", StepResult.SUCCESS);
        forms.put("fails", StepResult.failing(Failure.USER));
        forms.put("times_out", StepResult.failing(Failure.TIMEOUT));
        forms.put("is_lost", StepResult.failing(Failure.LOST));
        return forms;
    }

    private static Optional<StepResult> bind(Values values) {
        if (values.has(SUCCEEDS) && values.has(FAILS)) {
            values.reading()
                    .report(
                            values.keyOf(FAILS),
                            "an attempt either succeeds or fails",
                            "keep one of the two, or write a list with a result for each attempt");
            return Optional.empty();
        }
        for (Field<?> field : List.of(EXIT_CODE, MESSAGE)) {
            if (values.has(field) && !values.has(FAILS)) {
                values.reading()
                        .report(
                                values.keyOf(field),
                                "only a failure has the field '" + field.name() + "'",
                                "for example " + FAILS.example());
            }
        }
        if (values.isUnreadable(FAILS) || values.isUnreadable(SUCCEEDS)) {
            return Optional.empty();
        }
        return Optional.of(new StepResult(
                values.get(FAILS),
                values.get(EXIT_CODE)
                        .map(code -> OptionalInt.of(Math.toIntExact(code)))
                        .orElse(OptionalInt.empty()),
                values.get(MESSAGE),
                values.get(STARTS_AFTER).orElse(Duration.ZERO),
                values.get(AFTER).orElse(StepResult.USUAL),
                values.get(SUCCEEDS).orElse(Report.NOTHING)));
    }

    private static Report report(Values values) {
        Comparison comparison = new Comparison(
                TestNotations.readable(values.get(CHALLENGER)),
                TestNotations.readable(values.get(CHAMPION)),
                slices(values));
        return new Report(
                TestNotations.readable(values.get(METRICS)),
                values.get(OUTPUTS).orElse(Map.of()),
                comparison,
                values.get(REGISTERS).orElse(true));
    }

    private static List<Slice> slices(Values values) {
        List<Slice> slices = new ArrayList<>();
        TestNotations.readable(values.get(SLICES))
                .forEach((column, parts) -> TestNotations.readable(Optional.of(parts))
                        .forEach((value, pair) ->
                                slices.add(new Slice(column, value, pair.challenger(), pair.champion()))));
        return slices;
    }
}
