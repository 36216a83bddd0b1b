package io.tidegate.dag.parser.testfile;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.parser.shape.EitherType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.shape.LocatedType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.TruthType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.testfile.Expected.DecisionExpected;
import io.tidegate.dag.parser.testfile.Expected.LaunchExpected;
import io.tidegate.dag.parser.testfile.Expected.StepExpected;
import io.tidegate.dag.parser.text.Waits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of {@code expect}. */
final class ExpectedFields {
    private static final ListType<String> TEXTS = ListType.of("a list of values", TestNotations.TEXT);

    // A step.

    private static final Field<String> STATE = optional(
            "state",
            TestNotations.words(
                    "a state in which steps end",
                    "succeeded",
                    "failed",
                    "skipped",
                    "upstream_failed",
                    "cancelled",
                    "waiting"),
            "The state in which the step ends, or in which it waits for what never comes; alone it may stand for the whole mapping.",
            "state: skipped");
    private static final Field<String> BECAUSE = optional(
            "because",
            TestNotations.TEXT,
            "Part of the reason that is given: of the step's own, or of what its conditions or its gate said.",
            "because: stays shut");
    private static final Field<Long> ATTEMPTS = optional(
            "attempts",
            new WholeNumberType("a number of attempts", 0, 1_000_000),
            "How often the step is tried; 1 means that it is not retried.",
            "attempts: 3");
    private static final Field<List<StepResult.Failure>> FAILURES = optional(
            "failures",
            ListType.of(
                    "a list of kinds of failure", TestNotations.words("a kind of failure", StepResult.Failure.class)),
            "Why attempts fail, one after the other.",
            "failures: [platform, user]");
    private static final Field<List<Waits>> WAITS = optional(
            "waits",
            ListType.of("a list of waits", TextType.of("a wait such as 10s or 10s..12s", Waits.PATTERN, Waits::read)),
            "How long each next attempt is waited for, from the end of the one before; a range leaves room for the spread.",
            "waits: [10s..12s, 20s..24s]");
    private static final Field<List<String>> COMMAND = optional(
            "command",
            TEXTS,
            "The command as it is started, with every name filled in; of a Spark application its arguments. {{ home }}"
                    + " is /home, {{ dag.folder }} is /dag.",
            "command: [python3, land.py, --day, 2001-02-12]");
    private static final Field<String> AWAITS = optional(
            "awaits",
            TestNotations.TEXT,
            "Where the data lies that a sensor waits for.",
            "awaits: /home/feed/day=2001-02-12");
    private static final Field<Map<String, Optional<Located<String>>>> PARAMS = optional(
            "params",
            TestNotations.locatedByName("a mapping of parameters", TestNotations.TEXT),
            "Parameters among those that the run of another DAG is given.",
            "params: { region: north }");
    private static final Field<Map<String, Optional<Located<String>>>> ENVIRONMENT = optional(
            "environment",
            TestNotations.locatedByName("a mapping of variables", TestNotations.TEXT),
            "Variables among those that the program finds.",
            "environment: { LANG: C.UTF-8 }");
    private static final Field<Map<String, Optional<Located<List<String>>>>> READS = optional(
            "reads",
            TestNotations.locatedByName("a mapping of datasets", TEXTS),
            "Which partitions of datasets are read, oldest first.",
            "reads: { features: [2001-02-05, 2001-02-12] }");
    private static final Field<Map<String, Optional<Located<String>>>> WRITES = optional(
            "writes",
            TestNotations.locatedByName("a mapping of datasets", TestNotations.TEXT),
            "Where the partitions of datasets lie that are written.",
            "writes: { features: /home/flights/features/interval=2001-02-12 }");
    private static final Field<Boolean> OPENS =
            optional("opens", new TruthType(), "Whether the conditions open the refit.", "opens: true");
    private static final Field<Boolean> ACCEPTS =
            optional("accepts", new TruthType(), "Whether the gate lets the challenger pass.", "accepts: false");
    private static final Field<List<Located<Expected.RuleExpected>>> RULES = optional(
            "rules",
            ListType.of("a list of rules", new LocatedType<>(RuleFields.TYPE)),
            "What each condition of the refit, or each rule of the gate, says, in the order of the DAG.",
            "rules: [{ holds: true }, { holds: false, because: not <= 5% }]");

    private static final ObjectType<StepExpected> LONG_STEP = ObjectType.of(
            "expected_step",
            "what is expected of a step",
            List.of(
                    STATE,
                    BECAUSE,
                    ATTEMPTS,
                    FAILURES,
                    WAITS,
                    COMMAND,
                    AWAITS,
                    PARAMS,
                    ENVIRONMENT,
                    READS,
                    WRITES,
                    OPENS,
                    ACCEPTS,
                    RULES),
            ExpectedFields::step);

    // A run.

    private static final Field<String> RUN = optional(
            "run",
            TestNotations.words("a state in which runs end", "succeeded", "failed", "cancelled", "running"),
            "The state in which the run ends; running when it waits for what never comes.",
            "run: succeeded");
    private static final Field<String> RUN_BECAUSE = optional(
            "because", TestNotations.TEXT, "Part of the reason that the run gives.", "because: cleanse failed");
    private static final Field<List<Located<String>>> STARTS = optional(
            "starts",
            ListType.of("a list of steps", new LocatedType<>(TestNotations.TEXT)),
            "Exactly the steps whose programs are started, in any order.",
            "starts: [fetch, ingest, cleanse]");
    private static final Field<List<AlertRule.Event>> ALERTS = optional(
            "alerts",
            ListType.of("a list of events", TestNotations.words("an event", AlertRule.Event.class)),
            "Exactly the events that are told, in any order.",
            "alerts: [step_failed, run_failed]");
    private static final Field<Map<String, Optional<Located<StepExpected>>>> STEPS = optional(
            "steps",
            TestNotations.locatedByName(
                    "a mapping of step names",
                    new EitherType<>("a state, or a mapping", new StateAlone(STATE.type()), LONG_STEP)),
            "What is expected of steps; the state alone, or a mapping.",
            "steps: { cleanse: failed, features: { state: upstream_failed, because: cleanse } }");

    static final List<Field<?>> ALL = List.of(RUN, RUN_BECAUSE, STARTS, ALERTS, STEPS);

    static final ObjectType<Expected> TYPE =
            ObjectType.of("expected", "what is expected", ALL, values -> Optional.of(bind(values)));

    private ExpectedFields() {}

    static Expected bind(Values values) {
        return new Expected(
                values.located(RUN),
                values.located(RUN_BECAUSE),
                values.located(STARTS),
                values.located(ALERTS),
                TestNotations.readable(values.get(STEPS)));
    }

    private static Optional<StepExpected> step(Values values) {
        LaunchExpected launch = new LaunchExpected(
                values.located(COMMAND),
                values.located(AWAITS),
                TestNotations.readable(values.get(PARAMS)),
                TestNotations.readable(values.get(ENVIRONMENT)),
                TestNotations.readable(values.get(READS)),
                TestNotations.readable(values.get(WRITES)));
        DecisionExpected decision =
                new DecisionExpected(values.located(OPENS), values.located(ACCEPTS), values.located(RULES));
        return Optional.of(new StepExpected(
                values.located(STATE),
                values.located(BECAUSE),
                values.located(ATTEMPTS),
                values.located(FAILURES),
                values.located(WAITS),
                launch,
                decision));
    }
}
