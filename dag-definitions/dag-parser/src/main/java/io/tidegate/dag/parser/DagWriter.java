package io.tidegate.dag.parser;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.Secret;
import io.tidegate.dag.model.GateRule;
import io.tidegate.dag.parser.language.DagLanguage;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.Work;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Writes a definition as a DAG file: the long form, with every default written out, in the order of the definition and of the language's
 * fields. What is read back is the same definition. Has no state: safe for use by several threads.
 */
public final class DagWriter {
    private static final int WIDEST = 100_000;

    private DagWriter() {}

    /** The text of a DAG file. */
    public static String write(DagDefinition definition) {
        return dump(tree(definition, DagWriter::asWritten));
    }

    /** The long form in the order in which it is written. */
    static Map<String, Object> tree(DagDefinition definition) {
        return tree(definition, StepLongForm::of);
    }

    /** With rules of gates as people will read them in verdicts: 5% stays 5%. */
    private static Map<String, Object> asWritten(Step step) {
        Map<String, Object> fields = new LinkedHashMap<>(StepLongForm.of(step));
        if (step.work() instanceof Work.Publish publish) {
            fields.put("gate", publish.gate().stream().map(GateRule::source).toList());
        }
        return fields;
    }

    private static Map<String, Object> tree(DagDefinition definition, Function<Step, Map<String, Object>> form) {
        Map<String, Object> fields = new LinkedHashMap<>(new LongForm(definition).fields());
        DagDefinition.Resources resources = definition.resources();
        fields.put("params", inOrder(fields.get("params"), names(definition.parameters(), Parameter::name)));
        fields.put(
                "datasets",
                inOrder(
                        fields.get("datasets"),
                        names(resources.datasets(), dataset -> dataset.name().value())));
        fields.put(
                "models",
                inOrder(
                        fields.get("models"),
                        names(resources.models(), model -> model.name().value())));
        fields.computeIfPresent(
                "secrets", (field, section) -> inOrder(section, names(resources.secrets(), Secret::name)));
        Map<String, Object> steps = new LinkedHashMap<>();
        for (Step step : definition.steps()) {
            steps.put(step.id().value(), told(form.apply(step), DagLanguage.fieldsOf(step.kind())));
        }
        fields.put("steps", steps);
        return told(fields, DagLanguage.fields());
    }

    private static <T> List<String> names(List<T> values, Function<T, String> name) {
        return values.stream().map(name).toList();
    }

    /** Fields in the words of the language, as they are, for whoever makes them by a program; whether they are a DAG is not looked at. */
    public static String write(Map<String, Object> fields) {
        return dump(fields);
    }

    /** YAML 1.2 with one entry a line, and lists and mappings of single values in brackets. */
    private static String dump(Object tree) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setSchema(new CoreSchema())
                .setWidth(WIDEST)
                .build();
        return new Dump(settings).dumpToString(copy(tree));
    }

    /** The same tree in which nothing is there twice, which would be written as an alias, and whole numbers are such. */
    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> mapping) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            mapping.forEach((key, entry) -> copy.put(key, copy(entry)));
            return copy;
        }
        if (value instanceof Collection<?> list) {
            return new ArrayList<>(list.stream().map(DagWriter::copy).toList());
        }
        return value instanceof BigDecimal number && number.scale() == 0 ? number.toBigIntegerExact() : value;
    }

    private static Map<String, Object> inOrder(Object section, List<String> names) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        names.forEach(name -> ordered.put(name, ((Map<?, ?>) section).get(name)));
        return ordered;
    }

    /** The fields in the order of the language, without lists and mappings that hold nothing. */
    private static Map<String, Object> told(Map<String, Object> fields, List<String> order) {
        Map<String, Object> told = new LinkedHashMap<>();
        order.stream().filter(fields::containsKey).forEach(name -> told.put(name, fields.get(name)));
        fields.forEach(told::putIfAbsent);
        told.values().removeIf(DagWriter::isEmpty);
        return told;
    }

    private static boolean isEmpty(Object value) {
        return (value instanceof Collection<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> mapping && mapping.isEmpty());
    }
}
