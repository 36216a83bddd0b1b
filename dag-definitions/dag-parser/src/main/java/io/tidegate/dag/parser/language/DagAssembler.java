package io.tidegate.dag.parser.language;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.DagId;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.ParameterBounds;
import io.tidegate.dag.RunLimits;
import io.tidegate.dag.Secret;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.DagRecursion;
import io.tidegate.dag.graph.GraphProblem;
import io.tidegate.dag.graph.GraphProblem.Rule;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.parameter.ParameterText;
import io.tidegate.dag.parser.language.LimitFields.Defaults;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a definition of a file's values and checks what needs more than one place of the file. */
final class DagAssembler {
    /** Checks that hold whatever a value that could not be read was meant to be. */
    private static final Set<Rule> SURE_RULES = Set.of(Rule.NAMES, Rule.ORDER);

    private final YamlNode root;
    private final Values values;
    private final Reading reading;
    private final Surroundings around;

    DagAssembler(YamlNode root, Values values, Surroundings around) {
        this.root = root;
        this.values = values;
        this.reading = values.reading();
        this.around = around;
    }

    /** The graph; empty when something is wrong with it, which has been reported. Problems of the file may have been reported before. */
    Optional<DagGraph> assemble() {
        List<Parameter> parameters = parameters();
        List<Dataset> datasets = datasets();
        List<Model> models = models();
        List<Step> steps = steps();
        TemplateChecks.Declared declared = new TemplateChecks.Declared(
                names(DagFields.PARAMS),
                names(DagFields.DATASETS),
                names(DagFields.SECRETS),
                TemplateChecks.Declared.secret(parameters));
        new TemplateChecks(declared, values.has(DagFields.SCHEDULE)).check(reading);
        checkLibraries();
        checkPartitions(datasets);
        if (values.isUnreadable(DagFields.SCHEDULE)) {
            reading.guess();
        }
        DagDefinition definition = new DagDefinition(
                values.get(DagFields.DAG).orElse(new DagId("unreadable")),
                new DagDefinition.Description(
                        values.get(DagFields.TITLE),
                        values.get(DagFields.OWNER),
                        values.get(DagFields.TAGS).orElse(List.of()),
                        values.get(DagFields.DESCRIPTION)),
                values.get(DagFields.SCHEDULE),
                parameters,
                new DagDefinition.Resources(
                        datasets, models, values.get(DagFields.LIBRARIES).orElse(List.of()), secrets()),
                steps,
                values.get(DagFields.ALERTS).orElse(List.of()),
                new RunLimits(
                        values.get(DagFields.STEPS_AT_ONCE)
                                .map(number -> OptionalInt.of(Math.toIntExact(number)))
                                .orElse(OptionalInt.empty()),
                        values.get(DeadlineFields.OF_RUN)));
        return check(definition);
    }

    private Optional<DagGraph> check(DagDefinition definition) {
        boolean sectionMissing = values.isUnreadable(DagFields.STEPS)
                || !values.has(DagFields.STEPS)
                || values.isUnreadable(DagFields.DATASETS)
                || values.isUnreadable(DagFields.MODELS);
        boolean allStepsMissing = definition.steps().isEmpty() && DagLanguage.countSteps(root) > 0;
        if (sectionMissing || allStepsMissing) {
            return Optional.empty();
        }
        DagGraph.Result result = DagGraph.of(definition);
        result.problems().stream()
                .filter(problem -> !reading.hasGuessed() || SURE_RULES.contains(problem.rule()))
                .forEach(this::report);
        DagRecursion.problems(definition, around.runs()).forEach(this::report);
        if (!reading.hasGuessed()) {
            new ConditionChecks(reading, this::fields).check(definition, result.graph());
        }
        return result.graph();
    }

    private void report(GraphProblem problem) {
        reading.report(
                NodePaths.find(root, problem.path(), reading),
                problem.message(),
                problem.suggestion().orElse(""));
    }

    private Optional<Values> fields(StepId step) {
        return Optional.ofNullable(values.get(DagFields.STEPS).orElse(Map.of()).get(step))
                .flatMap(draft -> draft)
                .map(StepDraft::values);
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        values.get(DagFields.PARAMS)
                .orElse(Map.of())
                .forEach((name, read) -> read.ifPresent(make -> parameters.add(chosen(make.apply(name)))));
        return parameters;
    }

    /** A parameter that names a secret may name any of the DAG's. */
    private Parameter chosen(Parameter parameter) {
        if (parameter.type() != Parameter.Type.SECRET) {
            return parameter;
        }
        List<String> names =
                List.copyOf(values.get(DagFields.SECRETS).map(Map::keySet).orElse(Set.of()));
        String path = DagFields.PARAMS.name() + "." + parameter.name();
        if (names.isEmpty() && !values.isUnreadable(DagFields.SECRETS)) {
            reading.report(
                    NodePaths.find(root, path + ".type", reading),
                    "a parameter of type secret names one of the DAG's secrets, and there is none",
                    "for example " + DagFields.SECRETS.example());
        }
        ParameterBounds bounds = new ParameterBounds(Optional.empty(), Optional.empty(), Optional.empty(), names);
        parameter
                .defaultValue()
                .flatMap(name -> new ParameterText(parameter.type(), bounds).problem(name))
                .ifPresent(problem ->
                        reading.report(NodePaths.find(root, path + ".default", reading), "default " + problem));
        return new Parameter(
                parameter.name(), parameter.type(), parameter.defaultValue(), bounds, parameter.description());
    }

    private List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>();
        values.get(DagFields.SECRETS)
                .orElse(Map.of())
                .forEach((name, read) -> read.ifPresent(make -> secrets.add(make.apply(name))));
        return secrets;
    }

    private List<Dataset> datasets() {
        List<Dataset> datasets = new ArrayList<>();
        values.get(DagFields.DATASETS).orElse(Map.of()).forEach((name, read) -> {
            if (read.isEmpty()) {
                reading.guess();
            }
            datasets.add(read.map(make -> make.apply(name)).orElseGet(() -> DatasetFields.placeholder(name)));
        });
        return datasets;
    }

    private List<Model> models() {
        List<Model> models = new ArrayList<>();
        values.get(DagFields.MODELS)
                .orElse(Map.of())
                .forEach((name, read) -> models.add(
                        read.map(make -> make.apply(name)).orElseGet(() -> DatasetFields.placeholder(name))));
        return models;
    }

    private List<Step> steps() {
        StepAssembler assembler =
                new StepAssembler(values.get(DagFields.DEFAULTS).orElse(Defaults.NONE), around.fileExists());
        List<Step> steps = new ArrayList<>();
        values.get(DagFields.STEPS).orElse(Map.of()).forEach((id, draft) -> {
            if (draft.isEmpty()) {
                reading.guess();
            }
            steps.add(assembler.assemble(id, draft));
        });
        return steps;
    }

    /** The names an author has declared; empty when the section cannot be read. */
    private <K> Optional<Set<String>> names(Field<? extends Map<K, ?>> section) {
        if (values.isUnreadable(section)) {
            return Optional.empty();
        }
        return Optional.of(values.get(section).map(Map::keySet).orElse(Set.of()).stream()
                .map(Object::toString)
                .collect(Collectors.toSet()));
    }

    /** Libraries are kept side by side with each version of the DAG, under their file names. */
    private void checkLibraries() {
        Map<String, String> seen = new HashMap<>();
        int position = 0;
        for (String library : values.get(DagFields.LIBRARIES).orElse(List.of())) {
            String other = seen.putIfAbsent(Path.of(library).getFileName().toString(), library);
            if (other != null) {
                reading.report(
                        NodePaths.find(root, DagFields.LIBRARIES.name() + "." + position, reading),
                        "library " + library + " has the same file name as " + other);
            }
            position++;
        }
    }

    /** Intervals that begin on the same day must not share a partition that is named by the day alone. */
    private void checkPartitions(List<Dataset> datasets) {
        Optional<Schedule> schedule =
                values.get(DagFields.SCHEDULE).filter(found -> TimingFields.fallTogether(found.timing()));
        if (schedule.isEmpty()) {
            return;
        }
        Set<DatasetName> daily = datasets.stream()
                .filter(Dataset::isPartitionedByInterval)
                .filter(dataset -> dataset.uri().names().stream()
                        .noneMatch(name -> name.startsWith("interval.") && !name.endsWith(".date")))
                .map(Dataset::name)
                .collect(Collectors.toSet());
        for (DatasetName name : daily) {
            reading.report(
                    NodePaths.find(root, DagFields.DATASETS.name() + "." + name + ".uri", reading),
                    "several intervals of the schedule start on one day, and the uri of " + name
                            + " is the same for all of them",
                    "name the partition with {{ interval.partition }}");
        }
    }
}
