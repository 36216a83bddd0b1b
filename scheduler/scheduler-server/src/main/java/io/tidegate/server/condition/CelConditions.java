package io.tidegate.server.condition;

import io.tidegate.condition.Evaluation;
import io.tidegate.condition.Expression;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.condition.ConditionLanguage;
import io.tidegate.dag.parser.condition.Variable;
import io.tidegate.dag.step.Condition;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.resolve.StepConditions;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Conditions in CEL. What was compiled is kept as long as its DAG is in use. Thread-safe. */
public final class CelConditions implements StepConditions {
    /** Values that a skip tells. */
    private static final int MOST_VALUES = 5;

    private static final int LONGEST_VALUE = 60;

    private final Map<DagGraph, Compiled> compiled = Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public Reads reads(DagGraph graph, StepId step) {
        if (graph.step(step).start().when().isEmpty()) {
            return Reads.NOTHING;
        }
        Set<StepId> outputs = new LinkedHashSet<>();
        Set<StepId> metrics = new LinkedHashSet<>();
        ready(graph, step).variables().values().forEach(variable -> {
            if (variable instanceof Variable.OfOutput output) {
                outputs.add(output.step());
            } else if (variable instanceof Variable.OfOutputs all) {
                outputs.add(all.step());
            } else if (variable instanceof Variable.OfMetrics all) {
                metrics.add(all.step());
            }
        });
        return new Reads(outputs, metrics);
    }

    @Override
    public Verdict verdict(DagGraph graph, StepId step, Facts facts) {
        Ready condition = ready(graph, step);
        Map<String, Object> values = new HashMap<>();
        condition
                .variables()
                .forEach((name, variable) ->
                        ConditionValues.of(variable, facts).ifPresent(value -> values.put(name, value)));
        Evaluation<Boolean> evaluation = condition.expression().evaluate(values);
        if (evaluation instanceof Evaluation.Failed<Boolean> failed) {
            return new Verdict(Optional.empty(), failed.message());
        }
        return new Verdict(evaluation.result(), told(condition, values));
    }

    private Ready ready(DagGraph graph, StepId step) {
        Condition condition = graph.step(step)
                .start()
                .when()
                .orElseThrow(() -> new IllegalArgumentException("step " + step + " has no condition"));
        return compiled.computeIfAbsent(graph, key -> new Compiled(ConditionLanguage.of(key.definition())))
                .of(condition);
    }

    /** {@code outputs.count.rows is 12, params.strict is true}. */
    private static String told(Ready condition, Map<String, Object> values) {
        return condition.names().stream()
                .flatMap(name ->
                        ConditionValues.valueAt(name, values)
                                .map(value -> name + " is " + shortened(String.valueOf(value)))
                                .stream())
                .limit(MOST_VALUES)
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }

    /**
     * A condition that can be evaluated.
     *
     * @param variables what it reads, by name
     * @param names what it reads, with all fields
     */
    private record Ready(Expression<Boolean> expression, Map<String, Variable> variables, Set<String> names) {}

    /** The conditions of one DAG. Does not hold the graph, so that it is forgotten together with it. */
    private static final class Compiled {
        private final ConditionLanguage language;
        private final Map<Condition, Ready> ready = new ConcurrentHashMap<>();

        Compiled(ConditionLanguage language) {
            this.language = language;
        }

        Ready of(Condition condition) {
            return ready.computeIfAbsent(condition, this::compile);
        }

        private Ready compile(Condition condition) {
            Expression<Boolean> expression = language.compile(condition).expression();
            return new Ready(expression, language.reads(expression), language.names(expression));
        }
    }
}
