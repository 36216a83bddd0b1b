package io.tidegate.dag.parser;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.ParameterBounds;
import io.tidegate.dag.Secret;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.parameter.ParameterText;
import io.tidegate.dag.parser.text.Days;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.Overlaps;
import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataCondition;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import io.tidegate.dag.step.Step;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A definition as maps, lists and text, in the words of the language. */
final class LongForm {
    private final DagDefinition definition;

    LongForm(DagDefinition definition) {
        this.definition = definition;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("dag", definition.id().value());
        DagDefinition.Description description = definition.description();
        description.title().ifPresent(title -> fields.put("title", title));
        description.owner().ifPresent(owner -> fields.put("owner", owner));
        description.text().ifPresent(text -> fields.put("description", text));
        fields.put("tags", description.tags());
        definition.schedule().ifPresent(schedule -> fields.put("schedule", schedule(schedule)));
        Map<String, Object> parameters = new TreeMap<>();
        definition.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter(parameter)));
        fields.put("params", parameters);
        if (!definition.resources().secrets().isEmpty()) {
            Map<String, Object> secrets = new TreeMap<>();
            definition.resources().secrets().forEach(secret -> secrets.put(secret.name(), secret(secret.place())));
            fields.put("secrets", secrets);
        }
        Map<String, Object> datasets = new TreeMap<>();
        definition
                .resources()
                .datasets()
                .forEach(dataset -> datasets.put(dataset.name().value(), dataset(dataset)));
        fields.put("datasets", datasets);
        Map<String, Object> models = new TreeMap<>();
        definition.resources().models().forEach(model -> models.put(model.name().value(), model(model)));
        fields.put("models", models);
        fields.put("libraries", definition.resources().libraries());
        Map<String, Object> steps = new TreeMap<>();
        for (Step step : definition.steps()) {
            steps.put(step.id().value(), StepLongForm.of(step));
        }
        fields.put("steps", steps);
        // Only where they are declared, which keeps the versions of DAGs without them.
        definition.limits().stepsAtOnce().ifPresent(number -> fields.put("steps_at_once", number));
        definition.limits().deadline().ifPresent(deadline -> fields.put("deadline", StepLongForm.deadline(deadline)));
        fields.put("alerts", definition.alerts().stream().map(LongForm::alert).toList());
        return fields;
    }

    private static Map<String, Object> schedule(Schedule schedule) {
        Map<String, Object> fields = new TreeMap<>();
        Timing timing = schedule.timing();
        if (timing instanceof Timing.Cron cron) {
            fields.put("cron", cron.expression());
        } else if (timing instanceof Timing.Every every) {
            fields.put("every", Durations.write(every.period()));
        } else if (timing instanceof Timing.Dates dates) {
            fields.put("dates", dates.times().stream().map(Days::writeTime).toList());
        }
        Calendar calendar = schedule.calendar();
        fields.put("zone", calendar.zone().getId());
        fields.put("start", calendar.start().toString());
        calendar.end().ifPresent(end -> fields.put("end", end.toString()));
        if (!calendar.excluded().isEmpty()) {
            fields.put(
                    "exclude",
                    calendar.excluded().stream().map(LocalDate::toString).toList());
        }
        fields.put("catchup", catchup(schedule.catchup()));
        fields.put("overlap", Overlaps.write(schedule.overlap()));
        schedule.data().ifPresent(condition -> fields.put("datasets", data(condition)));
        return fields;
    }

    private static Object data(DataCondition condition) {
        if (condition instanceof DataCondition.All all) {
            return Map.of("all", all.of().stream().map(LongForm::data).toList());
        }
        return condition instanceof DataCondition.Any any
                ? Map.of("any", any.of().stream().map(LongForm::data).toList())
                : condition.toString();
    }

    /** The word alone where it says everything, which keeps the versions of such DAGs. */
    private static Object catchup(Catchup catchup) {
        String mode = catchup.mode().name().toLowerCase(Locale.ROOT);
        if (catchup.limit().isEmpty() && catchup.spread().isEmpty()) {
            return mode;
        }
        Map<String, Object> fields = new TreeMap<>();
        fields.put("mode", mode);
        catchup.limit().ifPresent(limit -> fields.put("limit", limit));
        catchup.spread().ifPresent(spread -> fields.put("spread", Durations.write(spread)));
        return fields;
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("type", parameter.type().word());
        parameter.defaultValue().ifPresent(value -> fields.put("default", defaultValue(parameter.type(), value)));
        ParameterBounds bounds = parameter.bounds();
        bounds.minimum().ifPresent(minimum -> fields.put("min", bound(parameter.type(), minimum)));
        bounds.maximum().ifPresent(maximum -> fields.put("max", bound(parameter.type(), maximum)));
        bounds.pattern().ifPresent(pattern -> fields.put("pattern", pattern));
        if (!bounds.choices().isEmpty() && parameter.type() != Parameter.Type.SECRET) {
            fields.put("choices", bounds.choices());
        }
        parameter.description().ifPresent(text -> fields.put("description", text));
        return fields;
    }

    private static Map<String, Object> secret(Secret.Place place) {
        if (place instanceof Secret.Variable variable) {
            return Map.of("environment", variable.variable());
        }
        if (place instanceof Secret.File file) {
            return Map.of("file", file.path());
        }
        Secret.Kubernetes kubernetes = (Secret.Kubernetes) place;
        return Map.of("kubernetes", new TreeMap<>(Map.of("secret", kubernetes.secret(), "key", kubernetes.key())));
    }

    private static Object defaultValue(Parameter.Type type, String value) {
        return type == Parameter.Type.LIST ? ParameterText.items(value) : value;
    }

    private static Object bound(Parameter.Type type, String bound) {
        return switch (type) {
            case DATE, DURATION -> bound;
            case STRING, INTEGER, NUMBER, BOOLEAN, ENUM, LIST, SECRET -> new BigDecimal(bound);
        };
    }

    private static Map<String, Object> dataset(Dataset dataset) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("class", dataset.dataClass().word());
        fields.put("format", dataset.format());
        fields.put("uri", dataset.uri().source());
        dataset.description().ifPresent(text -> fields.put("description", text));
        return fields;
    }

    private static Map<String, Object> model(Model model) {
        return Map.of("target", model.target().source());
    }

    private static Map<String, Object> alert(AlertRule alert) {
        List<String> events =
                alert.on().stream().map(AlertRule.Event::word).sorted().toList();
        return Map.of("on", events, "to", alert.to());
    }
}
