package io.tidegate.dag.parser;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.model.ThresholdRule;
import io.tidegate.dag.parser.text.Bounds;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.GateRules;
import io.tidegate.dag.parser.text.RunRules;
import io.tidegate.dag.step.Deadline;
import io.tidegate.dag.step.Execution;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.ExitCodes;
import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.Limits;
import io.tidegate.dag.step.Places;
import io.tidegate.dag.step.Retries;
import io.tidegate.dag.step.StartCondition;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import io.tidegate.dag.step.TriggerRule;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A step as maps, lists and text, in the words of the language. */
final class StepLongForm {
    private StepLongForm() {}

    static Map<String, Object> of(Step step) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("kind", step.kind().word());
        fields.put("needs", step.needs().stream().map(StepId::value).sorted().toList());
        start(step.start(), fields);
        work(step.work(), fields);
        if (step.kind().runsInScheduler()) {
            return fields;
        }
        step.foreach().ifPresent(foreach -> fields.put("foreach", foreach(foreach)));
        if (step.kind() == StepKind.SENSOR) {
            step.outputs().forEach(partition -> fields.put("partition", partition.value()));
            limits(step.limits(), fields);
            return fields;
        }
        if (step.work() instanceof Work.SubDag) {
            handedOn(step, fields);
            limits(step.limits(), fields);
            return fields;
        }
        fields.put(
                "inputs", step.inputs().stream().map(InputReference::toString).toList());
        fields.put("outputs", step.outputs().stream().map(DatasetName::value).toList());
        fields.put("executor", executor(step.execution().executor()));
        if (step.work() instanceof Work.Resource) {
            limits(step.limits(), fields);
            return fields;
        }
        program(step.execution().program(), fields);
        Map<String, String> environment = new TreeMap<>();
        step.execution().environment().forEach((name, value) -> environment.put(name, value.source()));
        fields.put("environment", environment);
        handedOn(step, fields);
        limits(step.limits(), fields);
        return fields;
    }

    private static void start(StartCondition start, Map<String, Object> fields) {
        if (start.runWhen() != TriggerRule.USUAL) {
            fields.put("run_when", RunRules.write(start.runWhen()));
        }
        start.when().ifPresent(condition -> fields.put("when", condition.text()));
        if (start.dependsOnPast()) {
            fields.put("depends_on_past", true);
        }
    }

    private static void handedOn(Step step, Map<String, Object> fields) {
        if (!step.execution().returns().isEmpty()) {
            Map<String, String> returns = new TreeMap<>();
            step.execution().returns().forEach((name, type) -> returns.put(name, type.word()));
            fields.put("returns", returns);
        }
    }

    private static Map<String, Object> foreach(Foreach foreach) {
        Map<String, Object> items = new TreeMap<>();
        foreach.items()
                .forEach((variable, source) -> items.put(
                        variable,
                        source instanceof Foreach.Literal literal
                                ? literal.values()
                                : ((Foreach.Named) source).template().source()));
        Map<String, Object> fields = new TreeMap<>();
        fields.put("items", items);
        foreach.name().ifPresent(name -> fields.put("name", name.source()));
        fields.put("at_most", foreach.atMost());
        foreach.atOnce().ifPresent(number -> fields.put("at_once", number));
        fields.put("on_failure", foreach.onFailure().word());
        return fields;
    }

    private static void work(Work work, Map<String, Object> fields) {
        work.model().ifPresent(model -> fields.put("model", model.value()));
        if (work instanceof Work.Ingest ingest) {
            ingest.source().ifPresent(source -> fields.put("source", source(source)));
        } else if (work instanceof Work.Cleanse cleanse) {
            cleanse.rules().ifPresent(rules -> fields.put("rules", rules));
            Map<String, String> quality = new TreeMap<>();
            cleanse.quality().forEach((metric, bound) -> quality.put(metric, Bounds.write(bound)));
            fields.put("quality", quality);
        } else if (work instanceof Work.Transform transform) {
            transform.transformation().ifPresent(name -> fields.put("transform", name));
        } else if (work instanceof Work.Evaluate evaluate && !evaluate.metrics().isEmpty()) {
            fields.put("metrics", evaluate.metrics());
        } else if (work instanceof Work.Train train) {
            training(train.training(), fields);
        } else if (work instanceof Work.Refit refit) {
            training(refit.training(), fields);
            fields.put("open_when", openWhen(refit.openWhen()));
        } else if (work instanceof Work.Sensor sensor) {
            sensor(sensor, fields);
        } else if (work instanceof Work.Wait wait) {
            AwaitedLongForm.put(wait.what(), fields);
            fields.put("poke", Durations.write(wait.poke()));
        } else if (work instanceof Work.Resource resource) {
            resource(resource, fields);
        } else if (work instanceof Work.SubDag dag) {
            subDag(dag, fields);
        } else if (work instanceof Work.Publish publish) {
            fields.put("gate", publish.gate().stream().map(GateRules::write).toList());
        }
    }

    private static void sensor(Work.Sensor sensor, Map<String, Object> fields) {
        sensor.path().ifPresent(path -> fields.put("path", path.source()));
        fields.put("success_file", sensor.successFile());
        sensor.stableFor().ifPresent(age -> fields.put("stable_for", Durations.write(age)));
        fields.put("poke", Durations.write(sensor.poke()));
    }

    private static void subDag(Work.SubDag dag, Map<String, Object> fields) {
        fields.put("dag", dag.dag().value());
        Map<String, String> parameters = new TreeMap<>();
        dag.parameters().forEach((name, value) -> parameters.put(name, value.source()));
        fields.put("params", parameters);
        Map<String, String> takes = new TreeMap<>();
        dag.takes().forEach((name, value) -> takes.put(name, value.step() + "." + value.name()));
        fields.put("takes", takes);
        fields.put("wait", dag.waits());
    }

    private static void resource(Work.Resource resource, Map<String, Object> fields) {
        fields.put(
                "manifest",
                resource.manifest() instanceof Work.InlineManifest inline
                        ? inline.fields()
                        : ((Work.ManifestFile) resource.manifest()).path());
        fields.put("succeeds_when", resource.end().succeedsWhen());
        resource.end().failsWhen().ifPresent(condition -> fields.put("fails_when", condition));
        resource.end().message().ifPresent(message -> fields.put("message", message));
        Map<String, String> logs = new TreeMap<>();
        resource.logs().forEach((label, value) -> logs.put(label, value.source()));
        fields.put("logs", logs);
        fields.put("keep", resource.keep());
    }

    private static Map<String, Object> source(Work.Source source) {
        return new TreeMap<>(
                Map.of("uri", source.uri().source(), "format", source.format(), "time_column", source.timeColumn()));
    }

    private static void training(Work.Training training, Map<String, Object> fields) {
        training.trainer().ifPresent(trainer -> fields.put("train", trainer));
        if (training.holdout().compareTo(Duration.ZERO) > 0) {
            fields.put("holdout", Durations.write(training.holdout()));
        }
    }

    private static Map<String, Object> openWhen(OpenCondition condition) {
        List<Object> rules = condition.rules().stream().map(StepLongForm::rule).toList();
        return Map.of(condition.mode().name().toLowerCase(Locale.ROOT), rules);
    }

    private static Object rule(OpenCondition.Rule rule) {
        if (rule instanceof OpenCondition.Threshold threshold) {
            return Map.of("threshold", threshold(threshold.rule()));
        }
        return "no_champion";
    }

    private static Map<String, Object> threshold(ThresholdRule rule) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("metric", rule.metric());
        fields.put("aggregate", aggregate(rule.aggregate()));
        fields.put("window", rule.window());
        fields.put("fire", Bounds.write(rule.fire()));
        fields.put("clear", Bounds.write(rule.clear()));
        ThresholdRule.Sensitivity sensitivity = rule.sensitivity();
        fields.put("breaches", sensitivity.breaches() + " of " + sensitivity.outOf());
        fields.put("minimum_samples", sensitivity.minimumSamples());
        fields.put("cooldown", sensitivity.cooldown());
        return fields;
    }

    private static String aggregate(ThresholdRule.Aggregate aggregate) {
        return switch (aggregate) {
            case MEAN -> "mean";
            case MAXIMUM -> "max";
            case MINIMUM -> "min";
            case LAST -> "last";
        };
    }

    private static void program(Execution.Program program, Map<String, Object> fields) {
        if (program instanceof Execution.Command command) {
            fields.put("command", sources(command.arguments()));
        } else if (program instanceof Execution.SparkApplication application) {
            fields.put("application", application.application());
            fields.put("args", sources(application.arguments()));
            if (!application.mainClass().isEmpty()) {
                fields.put("class", application.mainClass());
            }
        }
    }

    private static List<String> sources(List<Template> templates) {
        return templates.stream().map(Template::source).toList();
    }

    private static Map<String, Object> executor(ExecutorSettings settings) {
        if (settings instanceof ExecutorSettings.Spark spark) {
            return Map.of("spark", SparkLongForm.of(spark));
        }
        if (settings instanceof ExecutorSettings.Kubernetes kubernetes) {
            return Map.of("kubernetes", KubernetesLongForm.of(kubernetes.pod()));
        }
        return Map.of(settings.executorName(), Map.of());
    }

    private static void limits(Limits limits, Map<String, Object> fields) {
        Retries retries = limits.retries();
        fields.put("timeout", Durations.write(limits.timeout()));
        limits.startTimeout().ifPresent(wait -> fields.put("start_timeout", Durations.write(wait)));
        Map<String, Object> budgets = new TreeMap<>();
        budgets.put("user", retries.user());
        budgets.put("platform", retries.platform());
        budgets.put("timeout", retries.timeout());
        budgets.put("lost", retries.lost());
        budgets.put(
                "backoff", Durations.write(retries.firstBackoff()) + ".." + Durations.write(retries.longestBackoff()));
        exitCodes(retries.exitCodes(), budgets);
        fields.put("retries", budgets);
        limits.deadline().ifPresent(deadline -> fields.put("deadline", deadline(deadline)));
        places(limits.places(), fields);
    }

    /** What follows is written only where it is declared, which keeps the versions of DAGs without it. */
    private static void exitCodes(ExitCodes codes, Map<String, Object> fields) {
        if (!codes.giveUpOn().isEmpty()) {
            fields.put("give_up_on", codes.giveUpOn().stream().sorted().toList());
        }
        if (!codes.retryOn().isEmpty()) {
            fields.put("retry_on", codes.retryOn().stream().sorted().toList());
        }
    }

    private static void places(Places places, Map<String, Object> fields) {
        if (!places.pools().isEmpty()) {
            Map<String, Integer> pools = new TreeMap<>();
            places.pools().forEach((pool, number) -> pools.put(pool.value(), number));
            fields.put("pool", pools);
        }
        if (places.priority() != 0) {
            fields.put("priority", places.priority());
        }
        places.atOnce().ifPresent(number -> fields.put("at_once", number));
    }

    static Map<String, Object> deadline(Deadline deadline) {
        return new TreeMap<>(Map.of(
                "after", Durations.write(deadline.after()),
                "from", deadline.from().word(),
                "then", deadline.then().word()));
    }
}
