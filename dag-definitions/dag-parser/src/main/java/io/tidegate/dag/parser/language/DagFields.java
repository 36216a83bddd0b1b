package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.DagId;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.Secret;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.parser.library.LibraryFields;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Identifiers;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.step.Places;
import io.tidegate.dag.step.StepId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fields of a DAG file. */
final class DagFields {
    static final Field<DagId> DAG = required(
            "dag",
            Notations.identifier("DAG", DagId::new),
            "The DAG's name, unique in one Tidegate.",
            "dag: late-arrivals");
    static final Field<String> TITLE =
            optional("title", Notations.FREE_TEXT, "What people read above the DAG.", "title: Late arrivals");
    static final Field<String> OWNER =
            optional("owner", Notations.FREE_TEXT, "Who looks after the DAG.", "owner: flight-models");
    static final Field<List<String>> TAGS = optional(
            "tags",
            ListType.of("a list of tags", Notations.FREE_TEXT).distinct(),
            "Words to find the DAG by.",
            "tags: [demo]");
    static final Field<String> DESCRIPTION = optional(
            "description", Notations.FREE_TEXT, "What a reader should know.", "description: Trains on three weeks");
    static final Field<Schedule> SCHEDULE = optional(
            "schedule",
            ScheduleFields.TYPE,
            "When the DAG runs, and for which intervals; without it a person starts each run.",
            "schedule: { cron: \"0 0 * * MON\", zone: America/New_York, start: 2001-01-01 }");
    static final Field<Map<String, Optional<Function<String, Parameter>>>> PARAMS = optional(
            "params",
            ParameterFields.TYPE,
            "Values that a run may be given.",
            "params: { late_minutes: { type: integer, default: 15 } }");
    static final Field<Map<String, Optional<Function<String, Secret>>>> SECRETS = optional(
            "secrets",
            SecretFields.TYPE,
            "Where values are kept that steps need and nobody may see.",
            "secrets: { warehouse: { environment: WAREHOUSE_PASSWORD } }");
    static final Field<Map<DatasetName, Optional<Function<DatasetName, Dataset>>>> DATASETS = optional(
            "datasets",
            DatasetFields.DATASETS,
            "What steps read and write.",
            "datasets: { raw_flights: { class: raw, format: parquet, uri: \"{{ home }}/raw/{{ interval.start.date }}\" } }");
    static final Field<Map<ModelName, Optional<Function<ModelName, Model>>>> MODELS = optional(
            "models",
            DatasetFields.MODELS,
            "What steps train, evaluate and publish.",
            "models: { late-arrival: { target: \"{{ home }}/models/late-arrival\" } }");
    static final Field<List<String>> LIBRARIES = optional(
            "libraries",
            ListType.of("a list of jars", Notations.JAR).distinct(),
            "Jars in which built-in steps find your classes; paths count from the DAG's folder.",
            "libraries: [lib/features.jar]");
    static final Field<LimitFields.Defaults> DEFAULTS = optional(
            "defaults",
            LimitFields.DEFAULTS,
            "What steps have that do not say otherwise.",
            "defaults: { executor: spark, timeout: 20m }");
    static final Field<Long> STEPS_AT_ONCE = optional(
            "steps_at_once",
            new WholeNumberType("a number of attempts", 1, Places.MOST),
            "How many attempts of the DAG's steps may work at the same time, over all its runs; any number when left out.",
            "steps_at_once: 8");
    static final Field<Map<StepId, Optional<StepDraft>>> STEPS = required(
            "steps",
            new MapType<>(
                    "a mapping of steps by name",
                    Identifiers.of("step", StepId::new),
                    Notations.IDENTIFIER_SCHEMA,
                    new StepType()),
            "What is done. A step that reads what another writes comes after it.",
            "steps: { hello: { kind: task, command: [echo, hello] } }");
    static final Field<List<AlertRule>> ALERTS = optional(
            "alerts",
            AlertFields.TYPE,
            "Who is told about what.",
            "alerts: [{ on: [step_failed, recovered], to: [ml-oncall] }]");

    static final ObjectType<Values> TYPE = ObjectType.of(
            "dag",
            "a DAG",
            List.of(
                    DAG,
                    TITLE,
                    OWNER,
                    TAGS,
                    DESCRIPTION,
                    LibraryFields.INCLUDE,
                    SCHEDULE,
                    PARAMS,
                    SECRETS,
                    DATASETS,
                    MODELS,
                    LIBRARIES,
                    DEFAULTS,
                    STEPS_AT_ONCE,
                    DeadlineFields.OF_RUN,
                    STEPS,
                    ALERTS),
            Optional::of);

    private DagFields() {}
}
