package io.tidegate.dag.parser.testfile;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.testfile.TestFile.TestCase;
import io.tidegate.dag.parser.text.Patterns;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The language of test files as a whole: reads a file's document, and describes itself. */
public final class TestLanguage {
    private static final String DAG_FILE = "^[^\\\\]+\\.dag\\.yaml$";

    private record CaseDraft(Given given, Expected expected) {}

    private static final Field<String> DAG = optional(
            "dag",
            TextType.of(
                    "the path of a DAG file such as late-arrivals.dag.yaml",
                    DAG_FILE,
                    Patterns.of(DAG_FILE, "the path of a DAG file such as late-arrivals.dag.yaml")),
            "The DAG's file, from the folder of this file; the file of the same name beside it when left out.",
            "dag: late-arrivals.dag.yaml");
    private static final Field<Given> GIVEN = optional(
            "given",
            ObjectType.of("given", "what is given", GivenFields.ALL, values -> Optional.of(GivenFields.bind(values))),
            "What all cases are given; a case that says otherwise counts, for params, models and steps one by one.",
            "given: { interval: 2001-02-12 }");
    private static final Field<Expected> EXPECT = required(
            "expect",
            ExpectedFields.TYPE,
            "What must come of it; what is left out is not looked at.",
            "expect: { run: succeeded }");
    private static final Field<Map<String, Optional<Located<CaseDraft>>>> CASES = optional(
            "cases",
            TestNotations.locatedByName(
                    "a mapping of cases", ObjectType.of("case", "a case", caseFields(), TestLanguage::draft)),
            "Runs, by names that say what is tested.",
            "cases: { bad rows block what follows: { steps: { cleanse: fails }, expect: { run: failed } } }");

    private static final Field<Map<String, Optional<Located<SampleFields.Draft>>>> SAMPLES = optional(
            "samples",
            TestNotations.locatedByName("a mapping of samples", SampleFields.TYPE),
            "Runs for real on sample data, by names that say what is tested; tidegate run --local runs them.",
            "samples: { a small week: { datasets: { raw_flights: test-data/raw.csv } } }");

    private static final ObjectType<TestFile> TYPE =
            ObjectType.of("test_file", "a test file", List.of(DAG, GIVEN, CASES, SAMPLES), TestLanguage::bind);

    private TestLanguage() {}

    /**
     * What a document says.
     *
     * @param reading receives what is wrong; a file may come back although there are problems
     */
    public static Optional<TestFile> read(YamlNode document, Reading reading) {
        return TYPE.read(document, reading);
    }

    /** The type of a file, as JSON Schema; parts that are referred to by name go to the definitions. */
    public static Map<String, Object> schema(SchemaDefinitions definitions) {
        return TYPE.schema(definitions);
    }

    private static List<Field<?>> caseFields() {
        List<Field<?>> fields = new ArrayList<>(GivenFields.ALL);
        fields.add(EXPECT);
        return fields;
    }

    private static Optional<CaseDraft> draft(Values values) {
        return Optional.of(
                new CaseDraft(GivenFields.bind(values), values.get(EXPECT).orElse(Expected.NOTHING)));
    }

    private static Optional<TestFile> bind(Values values) {
        Given shared = values.get(GIVEN).orElse(Given.NOTHING);
        List<TestCase> cases = new ArrayList<>();
        TestNotations.readable(values.get(CASES))
                .forEach((name, draft) -> cases.add(new TestCase(
                        name,
                        draft.position(),
                        draft.value().given().over(shared),
                        draft.value().expected())));
        if (!values.has(CASES) && !values.has(SAMPLES)) {
            values.reading()
                    .report(values.owner(), "a test file needs cases or samples", "for example " + CASES.example());
        }
        List<Sample> samples = new ArrayList<>();
        TestNotations.readable(values.get(SAMPLES)).forEach((name, draft) -> samples.add(sample(name, draft)));
        return Optional.of(new TestFile(values.located(DAG), shared, cases, samples));
    }

    private static Sample sample(String name, Located<SampleFields.Draft> located) {
        SampleFields.Draft draft = located.value();
        return new Sample(
                name,
                located.position(),
                draft.given(),
                draft.files(),
                draft.partitions(),
                draft.expected(),
                draft.datasets());
    }
}
