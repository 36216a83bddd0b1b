package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.model.Bound;
import io.tidegate.dag.model.GateRule;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.TruthType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.GateRules;
import io.tidegate.dag.parser.text.Patterns;
import io.tidegate.dag.parser.text.RunRules;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.step.Condition;
import io.tidegate.dag.step.OutputType;
import io.tidegate.dag.step.RunWhen;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of fields of each kind of step: the one place that says which kind has which. */
final class StepFields {
    static final Field<StepKind> KIND = required(
            "kind",
            Notations.words("a kind of step", StepKind.class, StepKind::word),
            "What the step is for; decides which fields it has.",
            "kind: transform");
    static final Field<List<StepId>> NEEDS = optional(
            "needs",
            ListType.of("a list of step names", Notations.STEP).distinct(),
            "Steps that must end before, beyond those whose data this step reads.",
            "needs: [evaluate]");
    static final Field<RunWhen> RUN_WHEN = optional(
            "run_when",
            TextType.wordOr(
                    "a trigger rule such as all_done, or a condition such as \"a.succeeded && !b.failed\"",
                    RunRules.words(),
                    RunRules.PATTERN,
                    RunRules::read),
            "What must have become of the steps in needs; none_failed when left out.",
            "run_when: all_done");
    static final Field<Condition> WHEN = optional(
            "when",
            TextType.of("a condition such as \"outputs.count.rows > 0\"", StepFields::condition),
            "What must hold once the steps before have ended, in CEL over params, outputs, metrics and interval;"
                    + " otherwise the step is skipped.",
            "when: \"outputs.count.rows > 0\"");
    static final Field<Boolean> DEPENDS_ON_PAST = optional(
            "depends_on_past",
            new TruthType(),
            "Whether the step waits until the same step of the interval before has succeeded or was skipped; it does not"
                    + " when left out.",
            "depends_on_past: true");
    static final Field<Map<String, Optional<OutputType>>> RETURNS = optional(
            "returns",
            new MapType<>(
                    "a mapping of names to types",
                    Patterns.of(Patterns.OUTPUT, "the name of a value such as rows"),
                    Map.of("pattern", Patterns.OUTPUT),
                    Notations.words("a type of value", OutputType.class, OutputType::word)),
            "Values that the step must report, which later steps may use.",
            "returns: { rows: integer }");
    static final Field<List<InputReference>> INPUTS = optional(
            "inputs",
            ListType.of("a list of datasets", Notations.REFERENCE).distinct(),
            "Partitions that are read: of the run's interval, or of earlier ones, counted backwards.",
            "inputs: [clean_flights, \"clean_flights[-2..-1]\"]");
    static final Field<List<DatasetName>> OUTPUTS = optional(
            "outputs",
            ListType.of("a list of datasets", Notations.DATASET).distinct(),
            "Datasets whose partition of the run's interval is written.",
            "outputs: [features]");

    private static final Field<Template> SOURCE_URI = required(
            "uri",
            Notations.STEP_URI,
            "The file or folder that is read.",
            "uri: \"{{ home }}/landing/flights.parquet\"");
    private static final Field<String> SOURCE_FORMAT =
            required("format", Notations.FORMAT, "The format of the files.", "format: parquet");
    private static final Field<String> TIME_COLUMN = required(
            "time_column",
            Notations.COLUMN,
            "The column that says to which interval a row belongs.",
            "time_column: date");

    static final Field<Work.Source> SOURCE = optional(
            "source",
            ObjectType.of("source", "a source", List.of(SOURCE_URI, SOURCE_FORMAT, TIME_COLUMN), StepFields::source),
            "Where the built-in ingest reads from.",
            "source: { uri: \"{{ home }}/landing/flights.parquet\", format: parquet, time_column: date }");
    static final Field<String> RULES = optional(
            "rules", Notations.PATH, "The file with the rules of the built-in cleanse.", "rules: rules/flights.yaml");
    static final Field<Map<String, Optional<Bound>>> QUALITY = optional(
            "quality",
            new MapType<>(
                    "a mapping of metrics to bounds",
                    Patterns.of(Patterns.METRIC, "the name of a metric such as rejected_share"),
                    Map.of("pattern", Patterns.METRIC),
                    Notations.BOUND),
            "Bounds on metrics that the step reports; where one does not hold, or is not reported, the step fails and blocks what"
                    + " follows.",
            "quality: { rejected_share: \"<= 0.02\" }");
    static final Field<String> TRANSFORM = optional(
            "transform",
            Notations.CLASS_NAME,
            "The class of the transformation that the built-in transform applies.",
            "transform: org.example.LateArrivalFeatures");
    static final Field<ModelName> MODEL = required(
            "model", Notations.MODEL, "The model that is evaluated, trained or published.", "model: late-arrival");
    static final Field<List<String>> METRICS = optional(
            "metrics",
            ListType.of("a list of metrics", Notations.METRIC).notEmpty().distinct(),
            "Metrics that are computed and logged; all when left out.",
            "metrics: [log_loss, auc]");
    static final Field<String> TRAIN = optional(
            "train",
            Notations.CLASS_NAME,
            "The class of the trainer that the built-in train and refit use.",
            "train: org.example.LateArrivalModel");
    static final Field<Duration> HOLDOUT = optional(
            "holdout",
            Notations.positiveDuration("d"),
            "The last stretch of the data, which is not trained on: challenger and champion are compared there.",
            "holdout: 2d");
    static final Field<OpenCondition> OPEN_WHEN = required(
            "open_when",
            RefitFields.OPEN_WHEN,
            "When the refit opens; otherwise it is skipped, with the reading that decided it.",
            "open_when: { any: [no_champion] }");
    static final Field<List<GateRule>> GATE = required(
            "gate",
            ListType.of(
                            "a list of rules",
                            TextType.of(
                                    "a rule such as challenger.log_loss <= champion.log_loss - 0.002", GateRules::read))
                    .notEmpty(),
            "Rules that must all hold for the challenger to become champion.",
            "gate: [challenger.log_loss <= champion.log_loss - 0.002]");

    private static final Map<StepKind, List<Field<?>>> OWN = own();

    private StepFields() {}

    private static Map<StepKind, List<Field<?>>> own() {
        Map<StepKind, List<Field<?>>> own = new EnumMap<>(StepKind.class);
        own.put(StepKind.INGEST, List.of(SOURCE));
        own.put(StepKind.CLEANSE, List.of(RULES, QUALITY));
        own.put(StepKind.TRANSFORM, List.of(TRANSFORM));
        own.put(StepKind.TRAIN, List.of(MODEL, TRAIN, HOLDOUT));
        own.put(StepKind.EVALUATE, List.of(MODEL, METRICS));
        own.put(StepKind.REFIT, List.of(MODEL, OPEN_WHEN, TRAIN, HOLDOUT));
        own.put(StepKind.PUBLISH, List.of(MODEL, GATE));
        own.put(StepKind.TASK, List.of(ForeachFields.FOREACH));
        own.put(StepKind.SENSOR, withItems(SensorFields.ALL));
        own.put(StepKind.RESOURCE, withItems(ResourceFields.ALL));
        own.put(StepKind.DAG, SubDagFields.ALL);
        return own;
    }

    private static List<Field<?>> withItems(List<Field<?>> own) {
        List<Field<?>> fields = new ArrayList<>(own);
        fields.add(ForeachFields.FOREACH);
        return List.copyOf(fields);
    }

    /** All fields of a kind, in the order in which they are told. */
    static List<Field<?>> of(StepKind kind) {
        List<Field<?>> fields = new ArrayList<>(List.of(KIND, NEEDS, RUN_WHEN, WHEN, DEPENDS_ON_PAST));
        if (kind.runsInScheduler()) {
            fields.addAll(OWN.get(kind));
            return List.copyOf(fields);
        }
        if (kind.runsNoProgram()) {
            fields.addAll(OWN.get(kind));
            fields.addAll(List.of(LimitFields.TIMEOUT, LimitFields.RETRIES, DeadlineFields.OF_STEP));
            return List.copyOf(fields);
        }
        fields.addAll(List.of(INPUTS, OUTPUTS));
        if (kind != StepKind.RESOURCE) {
            fields.add(RETURNS);
        }
        fields.addAll(OWN.get(kind));
        if (kind != StepKind.RESOURCE) {
            fields.addAll(ProgramFields.ALL);
            fields.add(ProgramFields.ENVIRONMENT);
        }
        fields.addAll(
                List.of(LimitFields.EXECUTOR, LimitFields.TIMEOUT, LimitFields.START_TIMEOUT, LimitFields.RETRIES));
        fields.addAll(List.of(DeadlineFields.OF_STEP, PlacesFields.POOL, PlacesFields.PRIORITY, PlacesFields.AT_ONCE));
        return List.copyOf(fields);
    }

    /** Whether a step of this kind runs a program of the step library when its author brings none. */
    static boolean hasBuiltIn(StepKind kind) {
        return kind != StepKind.TASK && kind != StepKind.RESOURCE && !kind.runsNoProgram();
    }

    /** The field that sets up a kind's built-in program and is of no use to a program of the author's. */
    static Optional<Field<?>> builtIn(StepKind kind) {
        return switch (kind) {
            case INGEST -> Optional.of(SOURCE);
            case CLEANSE -> Optional.of(RULES);
            case TRANSFORM -> Optional.of(TRANSFORM);
            case TRAIN, REFIT -> Optional.of(TRAIN);
            case EVALUATE, PUBLISH, TASK, SENSOR, RESOURCE, DAG -> Optional.empty();
        };
    }

    private static Condition condition(String text) throws TextException {
        if (text.isBlank()) {
            throw new TextException(
                    "this is empty; it must be a condition", "leave 'when' out for a step that always runs");
        }
        return new Condition(text.strip());
    }

    private static Optional<Work.Source> source(Values values) {
        Optional<Template> uri = values.get(SOURCE_URI);
        Optional<String> format = values.get(SOURCE_FORMAT);
        Optional<String> timeColumn = values.get(TIME_COLUMN);
        return uri.isPresent() && format.isPresent() && timeColumn.isPresent()
                ? Optional.of(new Work.Source(uri.get(), format.get(), timeColumn.get()))
                : Optional.empty();
    }
}
