package io.tidegate.dag.parser.language;

import io.tidegate.condition.Compilation;
import io.tidegate.condition.ExpressionProblem;
import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.parser.condition.ConditionLanguage;
import io.tidegate.dag.parser.condition.Variable;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.step.Condition;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Compiles the conditions of steps, and holds what they read against the order of the steps. */
final class ConditionChecks {
    private static final String LIST_OF_NAMES = " here; there ";
    private static final String NAMES =
            "names are params.NAME, interval.start, interval.end, interval.partition, outputs.STEP.NAME"
                    + " and metrics.STEP.NAME, each with _ for -";

    private final Reading reading;
    private final Function<StepId, Optional<Values>> values;

    /** @param values the fields of a step as they were read */
    ConditionChecks(Reading reading, Function<StepId, Optional<Values>> values) {
        this.reading = reading;
        this.values = values;
    }

    /** @param graph empty when something is wrong with it, so that nobody can say what comes before what */
    void check(DagDefinition definition, Optional<DagGraph> graph) {
        List<Step> conditional = definition.steps().stream()
                .filter(step -> step.start().when().isPresent())
                .toList();
        if (conditional.isEmpty()) {
            return;
        }
        ConditionLanguage language = ConditionLanguage.of(definition);
        for (Step step : conditional) {
            values.apply(step.id())
                    .flatMap(found -> found.scalarOf(StepFields.WHEN))
                    .ifPresent(
                            scalar -> check(language, step, step.start().when().get(), scalar, graph));
        }
    }

    private void check(
            ConditionLanguage language,
            Step step,
            Condition condition,
            YamlNode.Scalar scalar,
            Optional<DagGraph> graph) {
        Compilation<Boolean> compilation = language.compile(condition);
        for (ExpressionProblem problem : compilation.problems()) {
            reading.report(scalar, told(problem, language, offset(scalar, condition.text(), problem)));
        }
        if (compilation.problems().isEmpty() && graph.isPresent()) {
            checkOrder(language.reads(compilation.expression()), step, scalar, graph.get());
        }
    }

    /** A DAG has many names; those that there could be are told by their form. */
    private static TextException told(ExpressionProblem problem, ConditionLanguage language, int offset) {
        int list = problem.message().indexOf(LIST_OF_NAMES);
        if (list < 0) {
            return new TextException(problem.message(), problem.suggestion().orElse(""), offset);
        }
        boolean interval = problem.message().startsWith("there is no 'interval");
        return new TextException(
                problem.message().substring(0, list),
                interval && !language.knowsInterval()
                        ? "runs have an interval when the DAG has a schedule"
                        : problem.suggestion().orElse(NAMES),
                offset);
    }

    /** Conditions are stripped of white space before they are compiled. */
    private static int offset(YamlNode.Scalar scalar, String text, ExpressionProblem problem) {
        int at = 0;
        for (int line = 1; line < problem.line(); line++) {
            at = text.indexOf('\n', at) + 1;
        }
        int column = Math.min(problem.column() - 1, text.codePointCount(at, text.length()));
        return scalar.value().indexOf(text) + text.offsetByCodePoints(at, column);
    }

    private void checkOrder(Map<String, Variable> reads, Step step, YamlNode.Scalar scalar, DagGraph graph) {
        Set<StepId> before = before(step.id(), graph);
        reads.forEach((name, variable) -> reporter(variable)
                .filter(reporter -> !before.contains(reporter))
                .ifPresent(reporter -> reading.report(
                        scalar,
                        new TextException(
                                "'" + name + "' is not known yet: step " + reporter + " does not come before step "
                                        + step.id(),
                                reporter.equals(step.id()) ? "" : "add " + reporter + " to needs",
                                Math.max(0, scalar.value().indexOf(name))))));
    }

    private static Optional<StepId> reporter(Variable variable) {
        if (variable instanceof Variable.OfOutput output) {
            return Optional.of(output.step());
        }
        if (variable instanceof Variable.OfOutputs outputs) {
            return Optional.of(outputs.step());
        }
        return variable instanceof Variable.OfMetrics metrics ? Optional.of(metrics.step()) : Optional.empty();
    }

    private static Set<StepId> before(StepId step, DagGraph graph) {
        Set<StepId> before = new HashSet<>();
        Deque<StepId> open = new ArrayDeque<>(Set.of(step));
        while (!open.isEmpty()) {
            for (Edge edge : graph.upstream(open.poll())) {
                if (before.add(edge.from())) {
                    open.add(edge.from());
                }
            }
        }
        return before;
    }
}
