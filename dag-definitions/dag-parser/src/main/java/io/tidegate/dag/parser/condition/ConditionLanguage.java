package io.tidegate.dag.parser.condition;

import io.tidegate.condition.Compilation;
import io.tidegate.condition.Expression;
import io.tidegate.condition.ExpressionLanguage;
import io.tidegate.condition.FieldPath;
import io.tidegate.condition.ValueType;
import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.step.Condition;
import io.tidegate.dag.step.OutputType;
import io.tidegate.dag.step.Step;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that conditions of one DAG may use, and the compiler for them: {@code params.NAME}, {@code interval.start}, {@code interval.end},
 * {@code interval.partition}, {@code outputs.STEP.NAME} and {@code metrics.STEP.NAME}. CEL takes {@code -} for a minus, so names are written
 * with {@code _} in its place. Safe for use by several threads.
 */
public final class ConditionLanguage {
    private final Map<String, Variable> variables;
    private final ExpressionLanguage language;

    private ConditionLanguage(Map<String, Variable> variables) {
        this.variables = variables;
        Map<String, ValueType> types = new LinkedHashMap<>();
        variables.forEach((name, variable) -> types.put(name, variable.type()));
        this.language = ExpressionLanguage.of(types);
    }

    /** The language of a DAG. Cheap: nothing of CEL is loaded before the first compilation. */
    public static ConditionLanguage of(DagDefinition definition) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        definition.parameters().stream()
                .filter(parameter -> parameter.type() != Parameter.Type.SECRET)
                .forEach(parameter ->
                        variables.put("params." + word(parameter.name()), new Variable.OfParameter(parameter)));
        if (definition.schedule().isPresent()) {
            for (Variable.OfInterval part : Variable.OfInterval.values()) {
                variables.put("interval." + part.name().toLowerCase(Locale.ROOT), part);
            }
        }
        for (Step step : definition.steps()) {
            String name = word(step.id().value());
            step.execution().returns().forEach((output, type) -> {
                OutputType known = step.foreach().isPresent() ? OutputType.LIST : type;
                variables.put("outputs." + name + "." + output, new Variable.OfOutput(step.id(), output, known));
            });
            if (step.execution().returns().isEmpty()) {
                variables.put("outputs." + name, new Variable.OfOutputs(step.id()));
            }
            variables.put("metrics." + name, new Variable.OfMetrics(step.id()));
        }
        return new ConditionLanguage(variables);
    }

    /** Whether runs of the DAG have an interval. */
    public boolean knowsInterval() {
        return variables.containsValue(Variable.OfInterval.START);
    }

    /** Compiles a condition. */
    public Compilation<Boolean> compile(Condition condition) {
        return language.condition(condition.text());
    }

    /** The variables that a compiled condition reads, in the order of its text, by name. */
    public Map<String, Variable> reads(Expression<Boolean> condition) {
        Map<String, Variable> read = new LinkedHashMap<>();
        for (FieldPath path : condition.reads()) {
            Optional.ofNullable(variables.get(path.variable()))
                    .ifPresent(variable -> read.putIfAbsent(path.variable(), variable));
        }
        return read;
    }

    /** The names that a condition reads with all their fields, in the order of its text. */
    public Set<String> names(Expression<Boolean> condition) {
        Set<String> names = new LinkedHashSet<>();
        condition.reads().forEach(path -> names.add(path.toString()));
        return names;
    }

    private static String word(String name) {
        return name.replace('-', '_');
    }
}
