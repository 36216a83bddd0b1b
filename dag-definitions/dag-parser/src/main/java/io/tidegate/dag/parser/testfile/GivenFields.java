package io.tidegate.dag.parser.testfile;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.shape.LocatedType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.testfile.Given.Measured;
import io.tidegate.dag.parser.testfile.Given.ModelGiven;
import io.tidegate.dag.parser.text.Days;
import io.tidegate.dag.parser.text.InputReferences;
import io.tidegate.dag.parser.text.TextException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a run is given: the fields that stand under {@code given} and in each case. */
final class GivenFields {
    private static final String INTERVAL_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{4,6})?$";
    private static final Pattern INTERVAL_NAME = Pattern.compile(INTERVAL_PATTERN);

    // A model.

    private static final Field<Long> CHAMPION = optional(
            "champion",
            new WholeNumberType("a version number", 1, Integer.MAX_VALUE),
            "The version that is champion when the run starts; there is none when left out.",
            "champion: 3");
    private static final Field<Long> SINCE_TRAINING = optional(
            "intervals_since_training",
            new WholeNumberType("a number of intervals", 1, 100_000),
            "How many intervals ago a version was last trained; it never was when left out.",
            "intervals_since_training: 5");
    private static final Field<Map<String, Optional<Located<List<Measured>>>>> HISTORY = optional(
            "history",
            TestNotations.locatedByName(
                    "a mapping of metric names", ListType.of("a list of numbers", ResultFields.MEASURED)),
            "What evaluate steps reported in the intervals before this one, oldest first.",
            "history: { log_loss: [0.49, 0.51, 0.54] }");

    // A run.

    private static final Field<String> INTERVAL = optional(
            "interval",
            TextType.of("the first day of an interval such as 2001-01-31", INTERVAL_PATTERN, GivenFields::interval),
            "The data interval of the run: its first day, or the name of its partition; the schedule's first interval"
                    + " when left out.",
            "interval: 2001-02-12");
    private static final Field<Map<String, Optional<Located<String>>>> PARAMS = optional(
            "params",
            TestNotations.locatedByName("a mapping of parameters", TestNotations.TEXT),
            "Values of parameters; each other one has its default.",
            "params: { late_minutes: 20 }");
    private static final Field<Map<String, Optional<Located<String>>>> SECRETS = optional(
            "secrets",
            TestNotations.locatedByName("a mapping of secrets", TestNotations.TEXT),
            "Values of secrets for a local run; each other one is read where the DAG says.",
            "secrets: { warehouse: not-the-real-one }");
    private static final Field<List<Located<String>>> MISSING_SECRETS = optional(
            "missing_secrets",
            ListType.of("a list of secrets", new LocatedType<>(TestNotations.TEXT)),
            "Secrets that cannot be read; all others can.",
            "missing_secrets: [warehouse]");
    private static final Field<Map<String, Optional<Located<ModelGiven>>>> MODELS = optional(
            "models",
            TestNotations.locatedByName(
                    "a mapping of model names",
                    ObjectType.of("model", "a model", List.of(CHAMPION, SINCE_TRAINING, HISTORY), GivenFields::model)),
            "What is known of models when the run starts; a model that is left out has no champion and no history.",
            "models: { late-arrival: { champion: 3 } }");
    private static final Field<List<Located<InputReference>>> MISSING = optional(
            "missing",
            ListType.of(
                    "a list of partitions",
                    new LocatedType<>(TextType.of(
                            "a partition such as \"features[-1]\"", InputReferences.PATTERN, InputReferences::read))),
            "Partitions that were never written although the DAG should have written them; all others of earlier"
                    + " intervals are there.",
            "missing: [\"features[-1]\"]");
    private static final Field<Map<String, Optional<Located<List<StepResult>>>>> STEPS = optional(
            "steps",
            TestNotations.locatedByName("a mapping of step names", ResultFields.RESULTS),
            "How attempts of steps end: a result, or a list with one for each attempt, of which the last counts for"
                    + " all further ones; a step that is left out succeeds.",
            "steps: { cleanse: fails, ingest: [{ fails: platform }, succeeds] }");
    private static final Field<Map<String, Optional<Located<String>>>> PREVIOUS = optional(
            "previous",
            TestNotations.locatedByName(
                    "a mapping of step names",
                    TestNotations.words("how a step stands", Given.PREVIOUS.toArray(String[]::new))),
            "How steps of the interval before stand, for those that depend on it; a step that is left out has succeeded.",
            "previous: { load: failed }");
    private static final Field<Duration> CANCEL_AFTER = optional(
            "cancel_after",
            TestNotations.DURATION,
            "When a person cancels the run, counted from its start; nobody does when left out.",
            "cancel_after: 10m");

    static final List<Field<?>> ALL =
            List.of(INTERVAL, PARAMS, MISSING_SECRETS, MODELS, MISSING, PREVIOUS, STEPS, CANCEL_AFTER);

    /** What also makes sense where programs run for real. */
    static final List<Field<?>> OF_SAMPLES = List.of(INTERVAL, PARAMS, SECRETS, MISSING_SECRETS, STEPS);

    private GivenFields() {}

    static Given bind(Values values) {
        return new Given(
                values.located(INTERVAL),
                TestNotations.readable(values.get(PARAMS)),
                new Given.Secrets(
                        TestNotations.readable(values.get(SECRETS)),
                        values.get(MISSING_SECRETS).orElse(List.of())),
                TestNotations.readable(values.get(MODELS)),
                values.get(MISSING).orElse(List.of()),
                TestNotations.readable(values.get(PREVIOUS)),
                TestNotations.readable(values.get(STEPS)),
                values.get(CANCEL_AFTER));
    }

    private static Optional<ModelGiven> model(Values values) {
        return Optional.of(new ModelGiven(
                number(values, CHAMPION), number(values, SINCE_TRAINING), TestNotations.readable(values.get(HISTORY))));
    }

    private static OptionalLong number(Values values, Field<Long> field) {
        return values.get(field).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static String interval(String text) throws TextException {
        if (!INTERVAL_NAME.matcher(text).matches()) {
            throw new TextException(
                    Excerpt.quoted(text) + " is not an interval",
                    "write its first day, for example 2001-01-31, or the name of its partition, for example"
                            + " 2001-01-31T0600");
        }
        Days.read(text.substring(0, "2001-01-31".length()));
        return text;
    }
}
