package io.tidegate.dag.parser.language;

import io.tidegate.dag.parser.library.LibraryFields;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.step.StepKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A step: its kind decides which fields it has. */
final class StepType implements ValueType<StepDraft> {
    private final Map<StepKind, ObjectType<Values>> kinds = new EnumMap<>(StepKind.class);
    private final ObjectType<Values> anyKind;
    private final ObjectType<Values> ofTemplate;

    StepType() {
        Map<String, Field<?>> all = new LinkedHashMap<>();
        for (StepKind kind : StepKind.values()) {
            List<Field<?>> fields = StepFields.of(kind);
            fields.forEach(field -> all.putIfAbsent(field.name(), leftOut(field)));
            kinds.put(
                    kind,
                    ObjectType.of(kind.word() + "_step", noun(kind), fields, Optional::of)
                            .tellingElsewhere(StepType::kindsWith)
                            .refining(schema -> refine(kind, schema)));
        }
        anyKind = ObjectType.of("any_step", "a step", new ArrayList<>(all.values()), Optional::of);
        ofTemplate = ObjectType.of("step_of_template", "a step", fieldsBesideUse(all.values()), Optional::of);
    }

    /** Uses are gone before steps are read: this is for the schema alone. */
    private static List<Field<?>> fieldsBesideUse(Collection<Field<?>> all) {
        List<Field<?>> fields = new ArrayList<>();
        fields.add(Field.required(
                LibraryFields.USE.name(),
                LibraryFields.USE.type(),
                LibraryFields.USE.description(),
                LibraryFields.USE.example()));
        fields.add(LibraryFields.WITH);
        all.stream()
                .filter(field -> !field.name().equals(StepFields.KIND.name()))
                .forEach(fields::add);
        return fields;
    }

    /** Without a kind nobody can say what is missing. */
    private static <T> Field<T> leftOut(Field<T> field) {
        return Field.optional(field.name(), field.type(), field.description(), field.example());
    }

    static String noun(StepKind kind) {
        String article = kind == StepKind.INGEST || kind == StepKind.EVALUATE ? "an " : "a ";
        return article + kind.word() + " step";
    }

    private static Optional<String> kindsWith(String key) {
        List<String> kinds = Arrays.stream(StepKind.values())
                .filter(kind -> StepFields.of(kind).stream()
                        .anyMatch(field -> field.name().equals(key)))
                .map(StepKind::word)
                .toList();
        return kinds.isEmpty() ? Optional.empty() : Optional.of("it is a field of " + String.join(", ", kinds));
    }

    @Override
    public Optional<StepDraft> read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            reading.expected("a step, a mapping with kind and the fields of that kind", node, "");
            return Optional.empty();
        }
        Optional<StepKind> kind = mapping.entry(StepFields.KIND.name())
                .filter(entry -> entry.value() instanceof YamlNode.Scalar)
                .flatMap(entry -> kind(((YamlNode.Scalar) entry.value()).value()));
        if (mapping.entry(StepFields.KIND.name()).isEmpty()) {
            reading.report(
                    mapping.owner(),
                    "a step needs the field 'kind'",
                    "kinds are "
                            + Arrays.stream(StepKind.values())
                                    .map(StepKind::word)
                                    .collect(Collectors.joining(", ")));
        }
        if (kind.isEmpty()) {
            reading.guess();
        }
        return kind.map(kinds::get).orElse(anyKind).read(node, reading).map(values -> new StepDraft(kind, values));
    }

    private static Optional<StepKind> kind(String word) {
        return Arrays.stream(StepKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst();
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return definitions.reference("step", () -> describe(definitions));
    }

    private Map<String, Object> describe(SchemaDefinitions definitions) {
        List<Map<String, Object>> branches = new ArrayList<>();
        kinds.forEach((kind, type) -> {
            Map<String, Object> branch = new LinkedHashMap<>();
            branch.put("if", Map.of("properties", Map.of(StepFields.KIND.name(), Map.of("const", kind.word()))));
            branch.put("then", type.schema(definitions));
            branches.add(branch);
        });
        Map<String, Object> ofKind = new LinkedHashMap<>();
        ofKind.put("required", List.of(StepFields.KIND.name()));
        ofKind.put(
                "properties",
                Map.of(StepFields.KIND.name(), StepFields.KIND.type().schema(definitions)));
        ofKind.put("allOf", branches);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("if", requiring(LibraryFields.USE));
        schema.put("then", ofTemplate.schema(definitions));
        schema.put("else", ofKind);
        return schema;
    }

    /** Which program a step has: the kind's own, a command or a Spark application. */
    private static Map<String, Object> refine(StepKind kind, Map<String, Object> schema) {
        if (kind.runsInScheduler() || kind == StepKind.RESOURCE || kind == StepKind.DAG) {
            return schema;
        }
        Map<String, Object> refined = new LinkedHashMap<>(schema);
        if (kind == StepKind.SENSOR) {
            refined.put(
                    "oneOf", SensorFields.WHAT.stream().map(StepType::requiring).toList());
            return refined;
        }
        Map<String, Object> command = requiring(ProgramFields.COMMAND);
        Map<String, Object> application = requiring(ProgramFields.APPLICATION);
        Optional<Field<?>> builtIn = StepFields.builtIn(kind);
        if (builtIn.isPresent()) {
            refined.put("oneOf", List.of(requiring(builtIn.get()), command, application));
        } else if (StepFields.hasBuiltIn(kind)) {
            refined.put("not", Map.of("allOf", List.of(command, application)));
        } else {
            refined.put("oneOf", List.of(command, application));
        }
        Map<String, Object> dependent = new LinkedHashMap<>();
        for (Field<?> part : List.of(ProgramFields.MAIN_CLASS, ProgramFields.ARGUMENTS)) {
            dependent.put(part.name(), List.of(ProgramFields.APPLICATION.name()));
        }
        if (kind.producesModel()) {
            dependent.put(StepFields.TRAIN.name(), List.of(StepFields.HOLDOUT.name()));
        }
        refined.put("dependentRequired", dependent);
        return refined;
    }

    private static Map<String, Object> requiring(Field<?> field) {
        return Map.of("required", List.of(field.name()));
    }
}
