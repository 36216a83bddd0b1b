package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.parser.shape.EitherType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields of {@code executor}. */
final class ExecutorFields {
    private static final Field<ExecutorChoice> SPARK = optional(
            "spark", SparkFields.TYPE, "A submit to Spark.", "spark: { master: \"local[2]\", driver_memory: 1g }");
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

    private static Optional<ExecutorChoice> choose(Values values) {
        List<Field<ExecutorChoice>> chosen =
                Stream.of(SPARK, PROCESS, KUBERNETES).filter(values::has).toList();
        if (chosen.size() != 1) {
            values.reading().report(values.owner(), "an executor is one of spark, process and kubernetes");
            return Optional.empty();
        }
        return values.get(chosen.get(0));
    }
}
