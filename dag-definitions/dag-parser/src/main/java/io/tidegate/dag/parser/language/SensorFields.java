package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.TruthType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.step.Awaited;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** What there is to wait for: one of these, and no more. */
    static final List<Field<?>> WHAT =
            List.of(PARTITION, PATH, AwaitedFields.SQL, AwaitedFields.HTTP, AwaitedFields.RUN_OF, AwaitedFields.UNTIL);

    static final List<Field<?>> ALL = Stream.of(
                    List.<Field<?>>of(PARTITION, PATH, SUCCESS_FILE, STABLE_FOR),
                    AwaitedFields.ALL,
                    List.<Field<?>>of(POKE))
            .flatMap(List::stream)
            .toList();

    private SensorFields() {}

    /** What is waited for, and how. */
    static Work read(Values values) {
        List<Field<?>> written = WHAT.stream().filter(values::has).toList();
        if (written.size() > 1) {
            values.reading()
                    .report(
                            values.keyOf(written.get(1)),
                            "a sensor waits for one thing, and this one has "
                                    + written.get(0).name() + " too",
                            "keep one of the two, or write two sensors");
        } else if (written.isEmpty()) {
            values.reading()
                    .report(
                            values.owner(),
                            "a sensor step needs one of "
                                    + WHAT.stream().map(Field::name).collect(Collectors.joining(", ")),
                            "for example " + PARTITION.example());
        }
        Duration poke = values.get(POKE).orElse(Work.Sensor.USUAL_POKE);
        Optional<Awaited> awaited = AwaitedFields.read(values);
        if (awaited.isPresent()) {
            refuseOfFiles(values);
            return new Work.Wait(awaited.get(), poke);
        }
        return new Work.Sensor(values.get(PATH), values.get(SUCCESS_FILE).orElse(false), values.get(STABLE_FOR), poke);
    }

    private static void refuseOfFiles(Values values) {
        for (Field<?> field : List.of(SUCCESS_FILE, STABLE_FOR)) {
            if (values.has(field)) {
                values.reading()
                        .report(
                                values.keyOf(field),
                                "field '" + field.name() + "' is about files, and this sensor waits for none",
                                "leave it out");
            }
        }
    }
}
