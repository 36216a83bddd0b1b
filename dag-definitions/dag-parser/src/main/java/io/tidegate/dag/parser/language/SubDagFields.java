package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.name.DagReference;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.TruthType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Identifiers;
import io.tidegate.dag.parser.text.Patterns;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.dag.step.OutputType;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a step that runs another DAG. */
final class SubDagFields {
    private static final String TAKEN_PATTERN = "^[a-z0-9_-]+\\.[A-Za-z_][A-Za-z0-9_]*$";

    static final Field<DagReference> DAG = required(
            "dag", Notations.identifier("DAG", DagReference::new), "The DAG that is run.", "dag: score-region");
    static final Field<Map<String, Optional<Template>>> PARAMS = optional(
            "params",
            new MapType<>(
                    "a mapping of parameters to values",
                    Identifiers.of("parameter", name -> name),
                    Notations.IDENTIFIER_SCHEMA,
                    Notations.STEP_TEXT),
            "Parameters that the run is given; those left out take their defaults.",
            "params: { region: \"{{ params.region }}\" }");
    static final Field<Map<String, Optional<OutputReference>>> TAKES = optional(
            "takes",
            new MapType<>(
                    "a mapping of names to values of the other DAG's steps",
                    Patterns.of(Patterns.OUTPUT, "the name of a value such as rows"),
                    Map.of("pattern", Patterns.OUTPUT),
                    TextType.of(
                            "STEP.NAME, a value that a step of the other DAG reports",
                            TAKEN_PATTERN,
                            text -> taken(text))),
            "Values that steps of the run reported, by the names under which this step hands them on.",
            "takes: { rows: score.rows }");
    static final Field<Boolean> WAIT = optional(
            "wait",
            new TruthType(),
            "Whether the step ends with the run; with false it has succeeded once the run is there. true when left out.",
            "wait: false");

    static final List<Field<?>> ALL = List.of(DAG, PARAMS, TAKES, WAIT, StepFields.RETURNS, ForeachFields.FOREACH);

    private SubDagFields() {}

    private static OutputReference taken(String text) throws TextException {
        return OutputReference.of("outputs." + text)
                .orElseThrow(() -> new TextException(
                        Excerpt.quoted(text) + " is not the value of a step; it is written STEP.NAME",
                        "for example score.rows"));
    }

    /** What is run; empty when nobody can say which DAG. */
    static Optional<Work> read(Values values) {
        Map<String, Template> parameters = new LinkedHashMap<>();
        values.get(PARAMS)
                .orElse(Map.of())
                .forEach((name, value) -> value.ifPresent(template -> parameters.put(name, template)));
        Map<String, OutputReference> takes = new LinkedHashMap<>();
        values.get(TAKES).orElse(Map.of()).forEach((name, value) -> value.ifPresent(found -> takes.put(name, found)));
        boolean waits = values.get(WAIT).orElse(true);
        check(values, waits);
        return values.get(DAG).map(dag -> new Work.SubDag(dag, parameters, takes, waits));
    }

    private static void check(Values values, boolean waits) {
        if (!waits && values.has(TAKES)) {
            values.reading()
                    .report(
                            values.keyOf(TAKES),
                            "a step that does not wait for the run has nothing to take from it",
                            "leave takes out, or wait: false");
        }
        Map<String, Optional<OutputReference>> takes = values.get(TAKES).orElse(Map.of());
        Map<String, Optional<OutputType>> returns =
                values.get(StepFields.RETURNS).orElse(Map.of());
        returns.keySet().stream()
                .filter(name -> !takes.containsKey(name) && !values.isUnreadable(TAKES))
                .forEach(name -> values.reading()
                        .report(
                                values.keyOf(StepFields.RETURNS),
                                "returns names '" + name + "', which the step does not take from the run",
                                "add it to takes, for example takes: { " + name + ": score." + name + " }"));
    }
}
