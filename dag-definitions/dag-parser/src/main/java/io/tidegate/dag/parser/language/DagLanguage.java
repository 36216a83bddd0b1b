package io.tidegate.dag.parser.language;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.step.StepKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The language as a whole: reads a file's document, and describes itself. */
public final class DagLanguage {
    private static final StepType STEP = new StepType();

    private DagLanguage() {}

    /**
     * The DAG of a document.
     *
     * @param reading receives what is wrong; a graph may come back although there are problems
     */
    public static Optional<DagGraph> read(YamlNode document, Reading reading, Surroundings around) {
        Optional<Values> values = DagFields.TYPE.read(document, reading);
        return values.flatMap(found -> new DagAssembler(document, found, around).assemble());
    }

    /** The names of a DAG's fields, in the order in which they are told. */
    public static List<String> fields() {
        return DagFields.TYPE.fields().stream().map(Field::name).toList();
    }

    /** The names of the fields of a kind of step, in the order in which they are told. */
    public static List<String> fieldsOf(StepKind kind) {
        return StepFields.of(kind).stream().map(Field::name).toList();
    }

    /** Reports what is wrong with a step by itself, whatever else its DAG holds. */
    public static void checkStep(YamlNode.Mapping step, Reading reading) {
        STEP.read(step, reading);
    }

    /** How many steps a document declares, before any of them is read. */
    public static int countSteps(YamlNode document) {
        return stepsOf(document).map(steps -> steps.entries().size()).orElse(0);
    }

    private static Optional<YamlNode.Mapping> stepsOf(YamlNode document) {
        return Optional.of(document)
                .filter(YamlNode.Mapping.class::isInstance)
                .map(YamlNode.Mapping.class::cast)
                .flatMap(mapping -> mapping.entry(DagFields.STEPS.name()))
                .map(YamlNode.Entry::value)
                .filter(YamlNode.Mapping.class::isInstance)
                .map(YamlNode.Mapping.class::cast);
    }

    /** How many other steps and datasets all steps name together in {@code needs} and {@code inputs}, before any of them is read. */
    public static long countReferences(YamlNode document) {
        return stepsOf(document).stream()
                .flatMap(steps -> steps.entries().values().stream())
                .map(YamlNode.Entry::value)
                .filter(YamlNode.Mapping.class::isInstance)
                .map(YamlNode.Mapping.class::cast)
                .flatMap(step -> Stream.of(StepFields.NEEDS, StepFields.INPUTS)
                        .flatMap(field -> step.entry(field.name()).stream()))
                .map(YamlNode.Entry::value)
                .filter(YamlNode.Sequence.class::isInstance)
                .mapToLong(list -> ((YamlNode.Sequence) list).items().size())
                .sum();
    }

    /** Reports that steps name more than allowed. */
    public static void reportTooManyReferences(YamlNode document, long allowed, Reading reading) {
        reading.report(
                stepsOf(document).map(YamlNode::owner).orElse(document.start()),
                "the steps have " + countReferences(document) + " entries in needs and inputs; at most " + allowed
                        + " are allowed",
                "let one step in between wait for all of them");
    }

    /** Reports that there are more steps than allowed. */
    public static void reportTooManySteps(YamlNode document, int allowed, Reading reading) {
        reading.report(
                stepsOf(document).map(YamlNode::owner).orElse(document.start()),
                "the DAG has " + countSteps(document) + " steps; at most " + allowed
                        + " are allowed (definitions.most_steps)",
                "split it into several DAGs");
    }

    /** The type of a file, as JSON Schema; parts that are referred to by name go to the definitions. */
    public static Map<String, Object> schema(SchemaDefinitions definitions) {
        return DagFields.TYPE.schema(definitions);
    }
}
