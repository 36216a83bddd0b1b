package io.tidegate.dag.graph;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.Secret;
import io.tidegate.dag.graph.GraphProblem.Rule;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks that each secret can be had where it is needed: a pod has those of its cluster, every other program those of the server. */
final class SecretChecks {
    private static final String SECRET = "secrets.";
    private static final String PARAMETER = "params.";

    private final Map<String, Secret> secrets;
    private final Map<String, Parameter> parameters;
    private final List<GraphProblem> problems = new ArrayList<>();

    private SecretChecks(DagDefinition definition) {
        // Names that stand twice are told elsewhere.
        secrets = definition.resources().secrets().stream()
                .collect(Collectors.toMap(Secret::name, Function.identity(), (one, other) -> one));
        parameters = definition.parameters().stream()
                .collect(Collectors.toMap(Parameter::name, Function.identity(), (one, other) -> one));
    }

    static List<GraphProblem> problems(DagDefinition definition) {
        SecretChecks checks = new SecretChecks(definition);
        for (Step step : definition.steps()) {
            step.execution()
                    .environment()
                    .forEach((name, value) -> checks.check(step, "steps." + step.id() + ".environment." + name, value));
        }
        return checks.problems;
    }

    private void check(Step step, String path, Template value) {
        for (String name : value.names()) {
            Optional<Secret> secret = name.startsWith(SECRET)
                    ? Optional.ofNullable(secrets.get(name.substring(SECRET.length())))
                    : Optional.empty();
            secret.ifPresent(known -> checkPlace(step, path, known));
            if ((secret.isPresent() || isSecretParameter(name)) && inPod(step)) {
                checkAlone(path, name, value);
            }
        }
    }

    private boolean isSecretParameter(String name) {
        return name.startsWith(PARAMETER)
                && Optional.ofNullable(parameters.get(name.substring(PARAMETER.length())))
                        .filter(parameter -> parameter.type() == Parameter.Type.SECRET)
                        .isPresent();
    }

    private static boolean inPod(Step step) {
        return step.execution().executor() instanceof ExecutorSettings.Kubernetes;
    }

    private void checkPlace(Step step, String path, Secret secret) {
        boolean inCluster = secret.place() instanceof Secret.Kubernetes;
        if (inCluster && !inPod(step)) {
            problems.add(GraphProblem.of(
                    Rule.NAMES,
                    path,
                    "secret " + secret.name() + " is kept in Kubernetes, and step " + step.id() + " runs on "
                            + step.execution().executor().executorName(),
                    "run the step with executor: kubernetes, or keep the secret where the server can read it"));
        } else if (!inCluster && inPod(step)) {
            problems.add(GraphProblem.of(
                    Rule.NAMES,
                    path,
                    "secret " + secret.name() + " is kept on the server, and step " + step.id()
                            + " runs in a pod, whose variables everybody can read who sees the cluster's jobs",
                    "keep it in the cluster: " + secret.name() + ": { kubernetes: { secret: NAME, key: KEY } }"));
        }
    }

    private void checkAlone(String path, String name, Template value) {
        if (!value.source().strip().matches("\\{\\{[^{}]*}}")) {
            problems.add(GraphProblem.of(
                    Rule.NAMES,
                    path,
                    "'" + name
                            + "' must be the whole value of the variable: the cluster fills it in, and knows no templates",
                    "put what belongs around it into the program"));
        }
    }
}
