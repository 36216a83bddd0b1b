package io.tidegate.dag.parser.language;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** The language as a whole: reads a file's document, and describes itself. */
public final class DagLanguage {
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

    /** Reports that there are more steps than allowed. */
    public static void reportTooManySteps(YamlNode document, int allowed, Reading reading) {
        reading.report(
                stepsOf(document).map(YamlNode::owner).orElse(document.start()),
                "the DAG has " + countSteps(document) + " steps; at most " + allowed + " are allowed",
                "split it into several DAGs");
    }

    /** The type of a file, as JSON Schema; parts that are referred to by name go to the definitions. */
    public static Map<String, Object> schema(SchemaDefinitions definitions) {
        return DagFields.TYPE.schema(definitions);
    }
}
