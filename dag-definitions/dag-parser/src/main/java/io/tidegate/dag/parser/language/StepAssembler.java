package io.tidegate.dag.parser.language;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.Bound;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.parser.language.LimitFields.Defaults;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.step.Execution;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.dag.step.Limits;
import io.tidegate.dag.step.OutputType;
import io.tidegate.dag.step.StartCondition;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import io.tidegate.dag.step.TriggerRule;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Makes steps of drafts and the DAG's defaults. */
final class StepAssembler {
    private final Defaults defaults;
    private final Predicate<String> fileExists;

    /** @param fileExists whether there is such a file below the DAG's folder */
    StepAssembler(Defaults defaults, Predicate<String> fileExists) {
        this.defaults = defaults;
        this.fileExists = fileExists;
    }

    /** The step; what could not be read is guessed, so that its name and its datasets are known. */
    Step assemble(StepId id, Optional<StepDraft> draft) {
        if (draft.isEmpty()) {
            return new Step(
                    id,
                    StartCondition.after(Set.of()),
                    List.of(),
                    List.of(),
                    new Work.Task(),
                    builtIn(),
                    Limits.DEFAULT,
                    Optional.empty());
        }
        Values values = draft.get().values();
        Work work = draft.get().kind().flatMap(kind -> work(kind, values)).orElseGet(() -> {
            values.reading().guess();
            return new Work.Task();
        });
        return new Step(
                id,
                new StartCondition(
                        new LinkedHashSet<>(values.get(StepFields.NEEDS).orElse(List.of())),
                        values.get(StepFields.RUN_WHEN).orElse(TriggerRule.USUAL),
                        values.get(StepFields.WHEN),
                        values.get(StepFields.DEPENDS_ON_PAST).orElse(false)),
                values.get(StepFields.INPUTS).orElse(List.of()),
                outputs(values),
                work,
                draft.get().kind().map(kind -> execution(kind, values)).orElseGet(StepAssembler::builtIn),
                limits(draft.get().kind(), values),
                values.get(ForeachFields.FOREACH));
    }

    /**
     * A sensor that waits takes nobody's place and is started by nobody, whatever the defaults say; and what a step that the scheduler does
     * itself cannot say, they cannot say for it.
     */
    private Limits limits(Optional<StepKind> kind, Values values) {
        boolean inScheduler = kind.filter(StepKind::runsInScheduler).isPresent();
        Limits limits = LimitFields.limits(values, inScheduler ? Limits.DEFAULT : defaults.limits());
        return kind.filter(StepKind::holdsPlaces).isPresent() ? limits : limits.ofWaiting();
    }

    /** What a sensor has waited for is its output: steps that read it come after it, and its content is looked at. */
    private static List<DatasetName> outputs(Values values) {
        return values.get(SensorFields.PARTITION)
                .map(List::of)
                .or(() -> values.get(StepFields.OUTPUTS))
                .orElse(List.of());
    }

    private static Execution builtIn() {
        return new Execution(new Execution.BuiltIn(), new ExecutorSettings.InScheduler(), Map.of());
    }

    /** What the kind demands; empty when a field that it cannot do without is missing or unreadable. */
    private Optional<Work> work(StepKind kind, Values values) {
        return switch (kind) {
            case INGEST -> Optional.of(new Work.Ingest(values.get(StepFields.SOURCE)));
            case CLEANSE -> Optional.of(cleanse(values));
            case TRANSFORM -> Optional.of(new Work.Transform(values.get(StepFields.TRANSFORM)));
            case TRAIN -> training(values).map(Work.Train::new);
            case EVALUATE ->
                values.get(StepFields.MODEL)
                        .map(model -> new Work.Evaluate(
                                model, values.get(StepFields.METRICS).orElse(List.of())));
            case REFIT -> training(values).map(training -> new Work.Refit(training, openWhen(values)));
            case PUBLISH ->
                values.get(StepFields.MODEL)
                        .map(model -> new Work.Publish(
                                model, values.get(StepFields.GATE).orElse(List.of())));
            case TASK -> Optional.of(new Work.Task());
            case SENSOR -> Optional.of(SensorFields.read(values));
            case RESOURCE -> ResourceFields.read(values, fileExists);
            case DAG -> SubDagFields.read(values);
        };
    }

    private Work cleanse(Values values) {
        Optional<String> rules = values.get(StepFields.RULES);
        if (rules.isPresent() && !fileExists.test(rules.get())) {
            values.reading()
                    .report(
                            values.valueOf(StepFields.RULES),
                            "there is no file " + rules.get(),
                            "the path counts from the DAG's folder");
        }
        Map<String, Bound> quality = new LinkedHashMap<>();
        values.get(StepFields.QUALITY)
                .orElse(Map.of())
                .forEach((metric, bound) -> bound.ifPresent(found -> quality.put(metric, found)));
        return new Work.Cleanse(rules, quality);
    }

    private static Optional<Work.Training> training(Values values) {
        Optional<ModelName> model = values.get(StepFields.MODEL);
        return model.map(name -> new Work.Training(
                name,
                values.get(StepFields.TRAIN),
                values.get(StepFields.HOLDOUT).orElse(Duration.ZERO)));
    }

    private static OpenCondition openWhen(Values values) {
        return values.get(StepFields.OPEN_WHEN)
                .orElseGet(() -> new OpenCondition(OpenCondition.Mode.ANY, List.of(new OpenCondition.NoChampion())));
    }

    private Execution execution(StepKind kind, Values values) {
        if (kind.runsInScheduler()) {
            return builtIn();
        }
        if (kind == StepKind.SENSOR) {
            return new Execution(new Execution.BuiltIn(), new ExecutorSettings.Sensor(), Map.of());
        }
        if (kind == StepKind.DAG) {
            return new Execution(new Execution.BuiltIn(), new ExecutorSettings.SubDag(), Map.of(), returns(values));
        }
        if (kind == StepKind.RESOURCE) {
            ExecutorSettings place = ResourceFields.place(values, choose(values, ExecutorChoice.KUBERNETES));
            return new Execution(new Execution.BuiltIn(), place, Map.of());
        }
        Map<String, Template> environment = ProgramFields.environment(values);
        return ProgramFields.isOwn(values) ? own(kind, values, environment) : builtIn(kind, values, environment);
    }

    private Execution builtIn(StepKind kind, Values values, Map<String, Template> environment) {
        checkBuiltIn(kind, values);
        boolean known = StepFields.hasBuiltIn(kind);
        ExecutorChoice choice = choose(values, known ? ExecutorChoice.SPARK : ExecutorChoice.PROCESS);
        if (choice instanceof ExecutorChoice.Kubernetes kubernetes) {
            checkPod(values, kubernetes.pod());
        } else if (known && !choice.spark()) {
            wrongExecutor(
                    values,
                    StepType.noun(kind)
                            + " without a command has a built-in program, which runs on spark or kubernetes, not on "
                            + choice.word(),
                    "write executor: spark, or give the step a command of its own");
        }
        return new Execution(new Execution.BuiltIn(), choice.settings(), environment, returns(values));
    }

    private Execution own(StepKind kind, Values values, Map<String, Template> environment) {
        Optional<Execution.Program> program = ProgramFields.read(values);
        checkOwn(kind, values);
        boolean command = values.has(ProgramFields.COMMAND);
        ExecutorChoice choice = choose(values, command ? ExecutorChoice.PROCESS : ExecutorChoice.SPARK);
        if (command && choice.spark()) {
            wrongExecutor(values, "a command runs on process or kubernetes, not on spark", "write executor: process");
        } else if (!command && !choice.spark()) {
            wrongExecutor(values, "an application runs on spark, not on " + choice.word(), "write executor: spark");
        } else if (choice instanceof ExecutorChoice.Kubernetes kubernetes) {
            checkPod(values, kubernetes.pod());
        }
        return new Execution(
                program.orElseGet(Execution.BuiltIn::new), choice.settings(), environment, returns(values));
    }

    private static Map<String, OutputType> returns(Values values) {
        Map<String, OutputType> returns = new LinkedHashMap<>();
        values.get(StepFields.RETURNS)
                .orElse(Map.of())
                .forEach((name, type) -> type.ifPresent(known -> returns.put(name, known)));
        return returns;
    }

    private ExecutorChoice choose(Values values, ExecutorChoice otherwise) {
        return values.get(LimitFields.EXECUTOR)
                .map(choice -> choice.completedBy(defaults.executor()))
                .or(() -> values.isUnreadable(LimitFields.EXECUTOR) ? Optional.of(otherwise) : defaults.executor())
                .orElse(otherwise);
    }

    private void checkPod(Values values, KubernetesPod pod) {
        if (pod.container().image().isEmpty() && pod.template().isEmpty()) {
            wrongExecutor(
                    values,
                    "executor kubernetes needs an image, or a pod_template with one",
                    "for example executor: { kubernetes: { " + KubernetesFields.IMAGE.example() + " } }");
        }
        pod.template()
                .filter(file -> !fileExists.test(file))
                .ifPresent(missing -> wrongExecutor(
                        values, "there is no pod template " + missing, "the path counts from the DAG's folder"));
    }

    private static void wrongExecutor(Values values, String message, String suggestion) {
        if (values.has(LimitFields.EXECUTOR)) {
            values.reading().report(values.valueOf(LimitFields.EXECUTOR), message, suggestion);
        } else {
            values.reading().report(values.owner(), message + " (the default of this DAG)", suggestion);
        }
    }

    private static void checkBuiltIn(StepKind kind, Values values) {
        Optional<Field<?>> builtIn = StepFields.builtIn(kind);
        if (!StepFields.hasBuiltIn(kind)) {
            values.reading()
                    .report(
                            values.owner(),
                            StepType.noun(kind) + " needs a command or an application",
                            "for example " + ProgramFields.COMMAND.example());
        } else if (builtIn.isPresent() && !values.has(builtIn.get())) {
            values.reading()
                    .report(
                            values.owner(),
                            StepType.noun(kind) + " needs " + builtIn.get().name()
                                    + " for its built-in program, or a command or application of its own",
                            "for example " + builtIn.get().example());
        } else if (kind.producesModel() && !values.has(StepFields.HOLDOUT)) {
            values.reading()
                    .report(
                            values.keyOf(StepFields.TRAIN),
                            "the built-in program of " + StepType.noun(kind) + " needs the field 'holdout'",
                            "for example " + StepFields.HOLDOUT.example());
        }
    }

    private static void checkOwn(StepKind kind, Values values) {
        Optional<Field<?>> builtIn = StepFields.builtIn(kind).filter(values::has);
        if (builtIn.isPresent()) {
            String own = values.has(ProgramFields.COMMAND) ? "a command" : "an application";
            values.reading()
                    .report(
                            values.keyOf(builtIn.get()),
                            "field '" + builtIn.get().name() + "' is for the built-in program, but this step has " + own
                                    + " of its own",
                            "keep one of the two");
        }
    }
}
