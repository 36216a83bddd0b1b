package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.EitherType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Patterns;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.text.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fields of {@code executor}. */
final class ExecutorFields {
    private static final String MASTER_NOUN = "a Spark master such as local[2]";
    private static final String MASTER_PATTERN = "^[a-z][a-z0-9+.-]*(\\[[0-9*, ]+\\]|://[^\\s]+)?$";
    private static final Pattern PROPERTY = Pattern.compile("spark(\\.[A-Za-z0-9_-]+)+");
    private static final Map<String, String> OWN_FIELDS =
            Map.of("spark.master", "master", "spark.driver.memory", "driver_memory");

    private static final Field<String> MASTER = optional(
            "master",
            Notations.pattern(MASTER_PATTERN, MASTER_NOUN),
            "The Spark master; local[*] when left out.",
            "master: \"local[2]\"");
    private static final Field<String> DRIVER_MEMORY = optional(
            "driver_memory",
            TextType.of("an amount of memory such as 1g", Patterns.MEMORY, Patterns.memory()),
            "Memory of the driver; 1g when left out.",
            "driver_memory: 1g");
    private static final Field<Map<String, Optional<String>>> CONFIGURATION = optional(
            "conf",
            new MapType<>(
                    "a mapping of Spark properties",
                    ExecutorFields::property,
                    Map.of("pattern", "^" + PROPERTY.pattern() + "$"),
                    Notations.FREE_TEXT),
            "Further Spark properties.",
            "conf: { spark.sql.shuffle.partitions: 4 }");

    private static final Field<ExecutorChoice> SPARK = optional(
            "spark",
            ObjectType.of(
                    "spark",
                    "the executor spark",
                    List.of(MASTER, DRIVER_MEMORY, CONFIGURATION),
                    ExecutorFields::spark),
            "A submit to Spark.",
            "spark: { master: \"local[2]\", driver_memory: 1g }");
    private static final Field<ExecutorChoice> PROCESS = optional(
            "process",
            ObjectType.of("process", "the executor process", List.of(), values -> Optional.of(ExecutorChoice.PROCESS)),
            "A local process; it has no settings.",
            "process: {}");

    private static final Field<ExecutorChoice> KUBERNETES = optional(
            "kubernetes",
            KubernetesFields.TYPE,
            "A Job on a Kubernetes cluster.",
            "kubernetes: { image: \"registry.example.org/score:1.4\", resources: { cpu: 2, memory: 4Gi } }");

    private static final ObjectType<ExecutorChoice> LONG_FORM = ObjectType.of(
                    "executor", "an executor", List.of(SPARK, PROCESS, KUBERNETES), ExecutorFields::choose)
            .refining(schema -> {
                Map<String, Object> refined = new LinkedHashMap<>(schema);
                refined.put("minProperties", 1);
                refined.put("maxProperties", 1);
                return refined;
            });

    static final ValueType<ExecutorChoice> TYPE = new EitherType<>("an executor", shortForm(), LONG_FORM);

    private ExecutorFields() {}

    private static TextType<ExecutorChoice> shortForm() {
        Map<String, ExecutorChoice> words = new LinkedHashMap<>();
        words.put("process", ExecutorChoice.PROCESS);
        words.put("spark", ExecutorChoice.SPARK);
        words.put("kubernetes", ExecutorChoice.KUBERNETES);
        return TextType.word("an executor", words.keySet(), Words.of("an executor", words));
    }

    private static Optional<ExecutorChoice> spark(Values values) {
        Map<String, String> configuration = new LinkedHashMap<>();
        values.get(CONFIGURATION)
                .orElse(Map.of())
                .forEach((name, value) -> value.ifPresent(text -> configuration.put(name, text)));
        return Optional.of(new ExecutorChoice.Spark(values.get(MASTER), values.get(DRIVER_MEMORY), configuration));
    }

    private static Optional<ExecutorChoice> choose(Values values) {
        List<Field<ExecutorChoice>> chosen =
                Stream.of(SPARK, PROCESS, KUBERNETES).filter(values::has).toList();
        if (chosen.size() != 1) {
            values.reading().report(values.owner(), "an executor is one of spark, process and kubernetes");
            return Optional.empty();
        }
        return values.get(chosen.get(0));
    }

    private static String property(String name) throws TextException {
        String ownField = OWN_FIELDS.get(name);
        if (ownField != null) {
            throw new TextException(name + " has a field of its own", "write " + ownField);
        }
        if (name.length() > 200 || !PROPERTY.matcher(name).matches()) {
            throw new TextException(Excerpt.quoted(name) + " is not a Spark property; their names start with spark.");
        }
        return name;
    }
}
