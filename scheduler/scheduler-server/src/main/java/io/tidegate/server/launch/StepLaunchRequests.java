package io.tidegate.server.launch;

import io.tidegate.dag.DagId;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.step.Execution;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload;
import io.tidegate.scheduler.engine.LaunchOrder;
import io.tidegate.scheduler.engine.LaunchRequests;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.server.condition.JacksonValues;
import io.tidegate.server.secret.SecretValues;
import io.tidegate.server.token.AttemptTokens;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds launch requests. The only place that knows how a step's declaration becomes a program with its environment. Thread-safe. */
public final class StepLaunchRequests implements LaunchRequests {
    private static final String ITEM = "item.";
    private static final JacksonValues JSON = new JacksonValues();
    private static final String BUILT_IN_MAIN_CLASS = "io.tidegate.steps.StepMain";

    private final Path stepLibrary;
    private final Path home;
    private final AttemptTokens tokens;
    private final Surroundings surroundings;
    private final SecretValues secrets;

    /**
     * @param stepLibrary jar with the programs of the built-in step kinds
     * @param home what the template name {@code home} stands for
     * @param secrets gives the values of secrets that the server reads
     */
    public StepLaunchRequests(
            Path stepLibrary, Path home, AttemptTokens tokens, Surroundings surroundings, SecretValues secrets) {
        this.stepLibrary = stepLibrary;
        this.home = home;
        this.tokens = tokens;
        this.surroundings = surroundings;
        this.secrets = secrets;
    }

    /** What steps are told of the world around them. */
    @FunctionalInterface
    public interface Surroundings {
        /** Variables every step gets: the API's address, lineage endpoints. */
        Map<String, String> variables();
    }

    @Override
    public LaunchRequest build(LaunchOrder order) {
        Step step = order.graph().step(order.attempt().step());
        StepTemplates templates = new StepTemplates(home.toString(), order);
        SecretVariables own = new SecretVariables(order, step.execution().environment(), templates, secrets);
        return new LaunchRequest(
                order.attempt().key(),
                new AttemptIdentity(
                        order.run().version().dag(),
                        order.graph().definition().description().owner().orElse(""),
                        order.run().id().toString(),
                        step.id(),
                        order.attempt().number()),
                own.settings(),
                workload(step, order, templates),
                new LaunchRequest.Surroundings(
                        order.folder(),
                        environment(step, order, own),
                        new SpecificationWriter(home.toString()).write(order, templates),
                        own.secret()),
                step.limits().timeout());
    }

    private Workload workload(Step step, LaunchOrder order, StepTemplates templates) {
        if (step.work() instanceof Work.Sensor sensor) {
            return awaited(sensor, order, templates);
        }
        if (step.work() instanceof Work.Wait wait) {
            return AwaitedWorkloads.of(wait, order.run(), templates);
        }
        if (step.work() instanceof Work.Resource resource) {
            return ResourceWorkloads.of(resource, order, templates);
        }
        if (step.work() instanceof Work.SubDag dag) {
            Map<String, String> parameters = new HashMap<>();
            dag.parameters().forEach((name, value) -> parameters.put(name, templates.render(value)));
            return new Workload.SubRun(new DagId(dag.dag().value()), parameters, dag.takes(), dag.waits());
        }
        Execution.Program program = step.execution().program();
        List<String> libraries = libraries(order);
        if (program instanceof Execution.Command command) {
            return new Workload.CommandLine(rendered(command.arguments(), templates));
        }
        if (program instanceof Execution.SparkApplication application) {
            return new Workload.SparkApplication(
                    Path.of(order.folder()).resolve(application.application()).toString(),
                    application.mainClass(),
                    rendered(application.arguments(), templates),
                    libraries);
        }
        return new Workload.SparkApplication(stepLibrary.toString(), BUILT_IN_MAIN_CLASS, List.of(), libraries);
    }

    private static Workload awaited(Work.Sensor sensor, LaunchOrder order, StepTemplates templates) {
        String uri = sensor.path()
                .map(templates::render)
                .orElseGet(() -> order.work().outputs().get(0).uri());
        return new Workload.AwaitedData(
                uri, sensor.successFile(), sensor.stableFor().orElse(Duration.ZERO), sensor.poke());
    }

    /** The libraries as they lie in the snapshot of the DAG's folder. */
    private static List<String> libraries(LaunchOrder order) {
        return order.graph().definition().resources().libraries().stream()
                .map(library -> Path.of(
                                order.folder(),
                                ".libraries",
                                Path.of(library).getFileName().toString())
                        .toString())
                .toList();
    }

    private static List<String> rendered(List<Template> arguments, StepTemplates templates) {
        return arguments.stream().map(templates::render).toList();
    }

    private Map<String, String> environment(Step step, LaunchOrder order, SecretVariables own) {
        Map<String, String> variables = new HashMap<>(own.variables());
        variables.putAll(surroundings.variables());
        addParameters(order, variables);
        for (ResolvedWork.Input input : order.work().inputs()) {
            if (!input.partitions().isEmpty()) {
                variables.put(
                        "TIDEGATE_INPUT_URI_" + variable(input.dataset().name().value()),
                        input.partitions().get(input.partitions().size() - 1).uri());
            }
        }
        for (ResolvedWork.Output output : order.work().outputs()) {
            variables.put(
                    "TIDEGATE_OUTPUT_URI_" + variable(output.dataset().name().value()), output.uri());
        }
        order.work().values().forEach((name, value) -> {
            if (name.startsWith(ITEM)) {
                variables.put("TIDEGATE_ITEM_" + variable(name.substring(ITEM.length())), JSON.plain(value));
            }
        });
        order.run().interval().ifPresent(interval -> {
            variables.put(
                    "TIDEGATE_INTERVAL_START", interval.zonedStart().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
            variables.put("TIDEGATE_INTERVAL_END", interval.zonedEnd().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        });
        variables.put("TIDEGATE_DAG", order.run().version().dag().value());
        variables.put("TIDEGATE_RUN_ID", order.run().id().toString());
        variables.put("TIDEGATE_STEP", step.id().value());
        variables.put("TIDEGATE_ATTEMPT", String.valueOf(order.attempt().number()));
        variables.put("TIDEGATE_LAUNCH_KEY", order.attempt().key().value());
        variables.put("TIDEGATE_TOKEN", tokens.tokenOf(order.attempt().key()));
        return variables;
    }

    /** Which secret a parameter names is for those steps alone that ask for its value. */
    private static void addParameters(LaunchOrder order, Map<String, String> variables) {
        Set<String> hidden = order.graph().definition().parameters().stream()
                .filter(parameter -> parameter.type() == Parameter.Type.SECRET)
                .map(Parameter::name)
                .collect(Collectors.toSet());
        order.run().parameters().forEach((name, value) -> {
            if (!hidden.contains(name)) {
                variables.put("TIDEGATE_PARAM_" + variable(name), value);
            }
        });
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
