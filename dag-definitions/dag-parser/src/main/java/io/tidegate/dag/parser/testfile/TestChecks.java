package io.tidegate.dag.parser.testfile;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.Secret;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.NearestName;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.testfile.Expected.StepExpected;
import io.tidegate.dag.parser.testfile.Given.ModelGiven;
import io.tidegate.dag.parser.testfile.StepResult.Comparison;
import io.tidegate.dag.parser.testfile.TestFile.TestCase;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import io.tidegate.dag.step.Work;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds the names of a test file against the DAG that it tests. */
public final class TestChecks {
    private final DagGraph graph;
    private final Reading reading;
    private final List<String> steps;
    private final List<String> datasets;

    private TestChecks(DagGraph graph, Reading reading) {
        this.graph = graph;
        this.reading = reading;
        this.steps = graph.order().stream().map(StepId::value).toList();
        this.datasets = graph.definition().resources().datasets().stream()
                .map(dataset -> dataset.name().value())
                .toList();
    }

    /** Reports every name that the DAG does not know, and everything that is asked of a step that its kind cannot do. */
    public static void check(TestFile file, DagGraph graph, Reading reading) {
        TestChecks checks = new TestChecks(graph, reading);
        checks.given(file.shared());
        for (TestCase one : file.cases()) {
            checks.given(one.given());
            checks.expected(one.expected());
        }
        file.samples().forEach(checks::sample);
    }

    private void sample(Sample sample) {
        given(sample.given());
        expected(sample.expected());
        sample.partitions()
                .forEach(partition -> require(
                        "dataset", partition.value().partition().dataset().value(), datasets, partition.position()));
        sample.datasets().forEach((name, rows) -> require("dataset", name, datasets, rows.position()));
    }

    private void given(Given given) {
        List<String> parameters =
                graph.definition().parameters().stream().map(Parameter::name).toList();
        given.params().forEach((name, value) -> require("parameter", name, parameters, value.position()));
        List<String> secrets = graph.definition().resources().secrets().stream()
                .map(Secret::name)
                .toList();
        given.secrets().values().forEach((name, value) -> require("secret", name, secrets, value.position()));
        given.secrets().missing().forEach(name -> require("secret", name.value(), secrets, name.position()));
        List<String> models = graph.definition().resources().models().stream()
                .map(model -> model.name().value())
                .toList();
        given.models().forEach((name, model) -> {
            if (require("model", name, models, model.position())) {
                history(name, model.value());
            }
        });
        given.missing()
                .forEach(partition ->
                        require("dataset", partition.value().dataset().value(), datasets, partition.position()));
        given.previous()
                .forEach((name, word) -> step(name, word.position())
                        .filter(step -> !step.start().dependsOnPast())
                        .ifPresent(step -> reading.report(
                                word.position(),
                                "step " + name + " does not depend on the interval before",
                                "leave it out, or give the step depends_on_past: true")));
        given.steps().forEach(this::results);
        given.interval()
                .filter(named -> graph.definition().schedule().isEmpty())
                .ifPresent(named -> reading.report(
                        named.position(),
                        "the DAG has no schedule, so its runs are for no interval",
                        "leave 'interval' out"));
    }

    private void history(String model, ModelGiven given) {
        Set<String> read = graph.order().stream()
                .map(graph::step)
                .map(Step::work)
                .filter(work -> work instanceof Work.Refit && work.model().equals(Optional.of(new ModelName(model))))
                .flatMap(work -> ((Work.Refit) work).openWhen().rules().stream())
                .filter(OpenCondition.Threshold.class::isInstance)
                .map(rule -> ((OpenCondition.Threshold) rule).rule().metric())
                .collect(Collectors.toCollection(TreeSet::new));
        given.history()
                .forEach((metric, values) -> require("threshold over a metric", metric, read, values.position()));
    }

    private void results(String name, Located<List<StepResult>> results) {
        Optional<Step> step = step(name, results.position());
        if (step.isEmpty()) {
            return;
        }
        StepKind kind = step.get().kind();
        if (kind.runsInScheduler()) {
            reading.report(
                    results.position(),
                    "step " + name + " runs no program that could succeed or fail: its gate decides",
                    "give the metrics of the training step, and expect '" + "accepts" + "' here");
            return;
        }
        boolean trains = results.value().stream()
                .map(StepResult::report)
                .anyMatch(report -> !report.comparison().equals(Comparison.NOTHING) || !report.registers());
        if (trains && !kind.producesModel()) {
            reading.report(
                    results.position(),
                    "step " + name + " is of kind " + kind.word() + " and trains no model",
                    "challenger, champion, slices and registers belong to a train or refit step");
        }
    }

    private void expected(Expected expected) {
        expected.starts().ifPresent(started -> started.value().forEach(name -> step(name.value(), name.position())));
        expected.steps()
                .forEach((name, wanted) ->
                        step(name, wanted.position()).ifPresent(step -> expected(step, wanted.value())));
    }

    private void expected(Step step, StepExpected wanted) {
        wanted.launch().reads().forEach((name, value) -> require("dataset", name, datasets, value.position()));
        wanted.launch().writes().forEach((name, value) -> require("dataset", name, datasets, value.position()));
        Map<String, Optional<? extends Located<?>>> fields = Map.of(
                "opens", wanted.decision().opens(),
                "accepts", wanted.decision().accepts(),
                "rules", wanted.decision().rules(),
                "awaits", wanted.launch().awaits(),
                "params", wanted.launch().parameters().values().stream().findFirst(),
                "command", wanted.launch().command());
        fields.forEach((field, value) -> value.filter(found -> !has(field, step.kind()))
                .ifPresent(found -> reading.report(
                        found.position(),
                        "'" + field + "' means nothing for step " + step.id() + " of kind "
                                + step.kind().word(),
                        "'" + field + "' is for " + home(field))));
    }

    private static boolean has(String field, StepKind kind) {
        return switch (field) {
            case "opens" -> kind == StepKind.REFIT;
            case "accepts" -> kind == StepKind.PUBLISH;
            case "rules" -> kind == StepKind.REFIT || kind == StepKind.PUBLISH;
            case "awaits" -> kind == StepKind.SENSOR;
            case "params" -> kind == StepKind.DAG;
            default -> !kind.runsNoProgram();
        };
    }

    private static String home(String field) {
        return switch (field) {
            case "opens" -> "refit steps";
            case "accepts" -> "publish steps";
            case "rules" -> "refit and publish steps";
            case "awaits" -> "sensors";
            case "params" -> "steps that run another DAG";
            default -> "steps that run a program";
        };
    }

    private Optional<Step> step(String name, Position position) {
        Optional<Step> item = item(name);
        if (item.isPresent()) {
            return item;
        }
        return require("step", name, steps, position) ? Optional.of(graph.step(new StepId(name))) : Optional.empty();
    }

    /** An item of a step, of which only a run can say whether there is one. */
    private Optional<Step> item(String name) {
        int dot = name.indexOf('.');
        if (dot < 0 || !steps.contains(name.substring(0, dot))) {
            return Optional.empty();
        }
        StepId step = new StepId(name.substring(0, dot));
        String key = name.substring(dot + 1);
        return Optional.of(graph.step(step))
                .filter(declared -> declared.foreach().isPresent() && step.allowsKey(key))
                .map(declared -> declared.named(step.item(key)));
    }

    private boolean require(String what, String name, Collection<String> known, Position position) {
        if (known.contains(name)) {
            return true;
        }
        String suggestion = NearestName.of(name, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse(known.isEmpty() ? "the DAG has none" : "the DAG has " + String.join(", ", shown(known)));
        reading.report(position, "the DAG has no " + what + " " + Excerpt.quoted(name), suggestion);
        return false;
    }

    private static List<String> shown(Collection<String> known) {
        int most = 12;
        List<String> first = known.stream().limit(most).collect(Collectors.toCollection(java.util.ArrayList::new));
        if (known.size() > most) {
            first.add("…");
        }
        return first;
    }
}
