package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.TruthType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import java.time.Duration;
import java.util.List;

/** The fields of a sensor. */
final class SensorFields {
    static final Field<DatasetName> PARTITION = optional(
            "partition",
            Notations.DATASET,
            "The dataset whose partition of the run's interval is waited for; steps that read it come after this one.",
            "partition: raw_flights");
    static final Field<Template> PATH = optional(
            "path",
            Notations.STEP_URI,
            "The file or folder that is waited for.",
            "path: \"{{ home }}/landing/flights\"");
    static final Field<Boolean> SUCCESS_FILE = optional(
            "success_file",
            new TruthType(),
            "Whether a file _SUCCESS must lie there; it need not when left out.",
            "success_file: true");
    static final Field<Duration> STABLE_FOR = optional(
            "stable_for",
            Notations.positiveDuration("m"),
            "For how long nothing of it may have changed; that does not matter when left out.",
            "stable_for: 5m");
    static final Field<Duration> POKE = optional(
            "poke", Notations.positiveDuration("s"), "The pause between two looks; 30s when left out.", "poke: 30s");

    static final List<Field<?>> ALL = List.of(PARTITION, PATH, SUCCESS_FILE, STABLE_FOR, POKE);

    private SensorFields() {}

    /** What is waited for, and how. */
    static Work read(Values values) {
        if (values.has(PARTITION) && values.has(PATH)) {
            values.reading()
                    .report(
                            values.keyOf(PATH),
                            "a sensor waits either for a partition or for a path",
                            "keep one of the two");
        } else if (!values.has(PARTITION) && !values.has(PATH)) {
            values.reading()
                    .report(
                            values.owner(),
                            "a sensor step needs a partition or a path",
                            "for example " + PARTITION.example());
        }
        return new Work.Sensor(
                values.get(PATH),
                values.get(SUCCESS_FILE).orElse(false),
                values.get(STABLE_FOR),
                values.get(POKE).orElse(Work.Sensor.USUAL_POKE));
    }
}
