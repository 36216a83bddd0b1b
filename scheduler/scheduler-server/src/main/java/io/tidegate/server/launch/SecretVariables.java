package io.tidegate.server.launch;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.Secret;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.dag.template.Template;
import io.tidegate.scheduler.engine.LaunchOrder;
import io.tidegate.server.secret.SecretValues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables that a step's author declares, with the secrets among them: values from the server, references from Kubernetes. For one use. */
final class SecretVariables {
    private static final String SECRET = "secrets.";
    private static final String PARAMETER = "params.";

    private final LaunchOrder order;
    private final StepTemplates templates;
    private final SecretValues values;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, KubernetesPod.SecretKey> references = new HashMap<>();
    private final Set<String> secret = new HashSet<>();

    /**
     * @throws IllegalArgumentException when a secret cannot be had
     */
    SecretVariables(
            LaunchOrder order, Map<String, Template> environment, StepTemplates templates, SecretValues values) {
        this.order = order;
        this.templates = templates;
        this.values = values;
        environment.forEach(this::add);
    }

    private void add(String variable, Template template) {
        List<Secret> secrets = template.names().stream()
                .map(this::secret)
                .flatMap(Optional::stream)
                .toList();
        if (secrets.isEmpty()) {
            variables.put(variable, templates.render(template));
        } else if (executor() instanceof ExecutorSettings.Kubernetes) {
            references.put(variable, reference(variable, secrets.get(0)));
        } else {
            variables.put(
                    variable,
                    template.render(name -> secret(name).map(values::value).or(() -> templates.apply(name))));
            secret.add(variable);
        }
    }

    private static KubernetesPod.SecretKey reference(String variable, Secret secret) {
        if (secret.place() instanceof Secret.Kubernetes place) {
            return new KubernetesPod.SecretKey(place.secret(), place.key());
        }
        throw new IllegalArgumentException("secret " + secret.name() + ", which " + variable
                + " asks for, is kept on the server, and the step runs in a pod: give one that is kept in Kubernetes");
    }

    /** The secret that a name in a template stands for, be it by a parameter. */
    private Optional<Secret> secret(String name) {
        if (name.startsWith(SECRET)) {
            return Optional.of(declared(name.substring(SECRET.length())));
        }
        if (!name.startsWith(PARAMETER)) {
            return Optional.empty();
        }
        return order.graph().definition().parameters().stream()
                .filter(parameter -> parameter.type() == Parameter.Type.SECRET)
                .filter(parameter -> parameter.name().equals(name.substring(PARAMETER.length())))
                .findFirst()
                .map(parameter -> declared(order.run().parameters().getOrDefault(parameter.name(), "")));
    }

    private Secret declared(String name) {
        return order.graph().definition().resources().secrets().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the DAG declares no secret '" + name + "'"));
    }

    private ExecutorSettings executor() {
        return order.graph().step(order.attempt().step()).execution().executor();
    }

    /** Variables with their values; those that Kubernetes fills in are not among them. */
    Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** Names of the variables that hold secrets. */
    Set<String> secret() {
        return Set.copyOf(secret);
    }

    /** The step's executor, which has a pod filled in what Kubernetes keeps. */
    ExecutorSettings settings() {
        return executor() instanceof ExecutorSettings.Kubernetes kubernetes && !references.isEmpty()
                ? new ExecutorSettings.Kubernetes(kubernetes.pod().withSecrets(references))
                : executor();
    }
}
