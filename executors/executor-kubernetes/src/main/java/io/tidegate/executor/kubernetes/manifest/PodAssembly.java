package io.tidegate.executor.kubernetes.manifest;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Adds what the step asks for, and what Tidegate needs, to a pod. */
final class PodAssembly {
    private static final String REPORT = "/dev/termination-log";
    private static final String GPU = "nvidia.com/gpu";

    private final KubernetesPod pod;
    private final LaunchRequest request;
    private final ClusterSettings cluster;
    private final List<String> arguments;

    PodAssembly(KubernetesPod pod, LaunchRequest request, ClusterSettings cluster, List<String> arguments) {
        this.pod = pod;
        this.request = request;
        this.cluster = cluster;
        this.arguments = arguments;
    }

    /** @param base the author's template, which is changed */
    PodSpec onto(PodSpec base) throws RefusedException {
        base.setRestartPolicy("Never");
        base.setTerminationGracePeriodSeconds(cluster.timing().grace().toSeconds());
        if (base.getEnableServiceLinks() == null) {
            // A variable for each service of the namespace is of no use to a step and grows with the namespace.
            base.setEnableServiceLinks(false);
        }
        pod.place().serviceAccount().ifPresent(base::setServiceAccountName);
        pod.scheduling().priorityClass().ifPresent(base::setPriorityClassName);
        Map<String, String> selector = new TreeMap<>(orEmpty(base.getNodeSelector()));
        selector.putAll(pod.scheduling().nodeSelector());
        base.setNodeSelector(selector);
        List<Toleration> tolerations = new ArrayList<>(base.getTolerations());
        pod.scheduling().tolerations().stream().map(PodAssembly::toleration).forEach(tolerations::add);
        base.setTolerations(tolerations);
        if (!pod.scheduling().affinity().isEmpty()) {
            base.setAffinity(affinity());
        }
        List<LocalObjectReference> secrets = new ArrayList<>(base.getImagePullSecrets());
        pod.container().pullSecrets().stream()
                .map(LocalObjectReference::new)
                .filter(secret -> !secrets.contains(secret))
                .forEach(secrets::add);
        base.setImagePullSecrets(secrets);
        Volumes volumes = new Volumes(pod.volumes());
        base.setVolumes(volumes.addedTo(base.getVolumes()));
        base.setContainers(containers(base.getContainers(), volumes));
        return base;
    }

    private List<Container> containers(List<Container> template, Volumes volumes) throws RefusedException {
        Optional<Container> base = template.stream()
                .filter(container -> JobManifest.CONTAINER.equals(container.getName()))
                .findFirst();
        List<Container> all = new ArrayList<>();
        all.add(step(base.orElseGet(Container::new), volumes));
        template.stream()
                .filter(container -> !JobManifest.CONTAINER.equals(container.getName()))
                .forEach(all::add);
        return all;
    }

    private Container step(Container base, Volumes volumes) throws RefusedException {
        Container step = new ContainerBuilder(base)
                .withName(JobManifest.CONTAINER)
                .withEnv(environment(base.getEnv()))
                .withVolumeMounts(volumes.mountsAddedTo(base.getVolumeMounts()))
                .withTerminationMessagePath(REPORT)
                .withTerminationMessagePolicy("File")
                .withCommand(List.of())
                .withArgs(List.of())
                .build();
        pod.container().image().ifPresent(step::setImage);
        pod.container().pullPolicy().ifPresent(step::setImagePullPolicy);
        if (step.getImage() == null || step.getImage().isBlank()) {
            throw RefusedException.user("the step names no image, and neither does its pod template: container '"
                    + JobManifest.CONTAINER + "' there may");
        }
        KubernetesPod.Entrypoint entrypoint = pod.container().entrypoint().orElse(KubernetesPod.Entrypoint.COMMAND);
        List<String> literal = arguments.stream().map(PodAssembly::literal).toList();
        switch (entrypoint) {
            case COMMAND -> step.setCommand(literal);
            case IMAGE -> step.setArgs(literal);
        }
        step.setResources(resources(base.getResources()));
        return step;
    }

    /** Kubernetes reads {@code $(NAME)} in arguments as a variable, and {@code $$} as a dollar: what authors write is to arrive as it is. */
    private static String literal(String argument) {
        return argument.replace("$", "$$");
    }

    /** The template's variables, then the step's, then ours: the last one of a name counts. */
    private List<EnvVar> environment(List<EnvVar> template) {
        Map<String, EnvVar> all = new TreeMap<>();
        template.forEach(variable -> all.put(variable.getName(), variable));
        pod.container()
                .secrets()
                .forEach((name, key) -> all.put(
                        name,
                        new EnvVarBuilder()
                                .withName(name)
                                .withNewValueFrom()
                                .withNewSecretKeyRef(key.key(), key.secret(), false)
                                .endValueFrom()
                                .build()));
        request.environment().forEach((name, value) -> all.put(name, variable(name, value)));
        cluster.apiAddress().ifPresent(address -> all.put("TIDEGATE_API", variable("TIDEGATE_API", address)));
        all.put("TIDEGATE_OUTPUT", variable("TIDEGATE_OUTPUT", REPORT));
        all.put("TIDEGATE_SPECIFICATION", variable("TIDEGATE_SPECIFICATION", Volumes.SPECIFICATION_FILE));
        all.put(
                "TIDEGATE_LAUNCH_KEY",
                variable("TIDEGATE_LAUNCH_KEY", request.key().value()));
        return new ArrayList<>(all.values());
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVar(name, literal(value), null);
    }

    private ResourceRequirements resources(ResourceRequirements template) throws RefusedException {
        Map<String, String> asked = new TreeMap<>();
        pod.resources().cpu().ifPresent(amount -> asked.put("cpu", amount));
        pod.resources().memory().ifPresent(amount -> asked.put("memory", amount));
        pod.resources().ephemeral().ifPresent(amount -> asked.put("ephemeral-storage", amount));
        pod.resources().gpu().ifPresent(count -> asked.put(GPU, count.toString()));
        ResourceRequirementsBuilder builder =
                template == null ? new ResourceRequirementsBuilder() : new ResourceRequirementsBuilder(template);
        for (Map.Entry<String, String> amount : asked.entrySet()) {
            Quantity quantity = quantity(amount.getKey(), amount.getValue());
            builder.addToRequests(amount.getKey(), quantity).addToLimits(amount.getKey(), quantity);
        }
        return builder.build();
    }

    private static Quantity quantity(String resource, String text) throws RefusedException {
        try {
            return Quantity.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw RefusedException.user("'" + text + "' is not an amount of " + resource + ", such as 500m or 2Gi");
        }
    }

    private static Toleration toleration(KubernetesPod.Toleration toleration) {
        return new TolerationBuilder()
                .withKey(toleration.key().orElse(null))
                .withOperator(toleration.value().isPresent() ? "Equal" : "Exists")
                .withValue(toleration.value().orElse(null))
                .withEffect(toleration.effect().orElse(null))
                .build();
    }

    private Affinity affinity() throws RefusedException {
        try {
            return new KubernetesSerialization().convertValue(pod.scheduling().affinity(), Affinity.class);
        } catch (IllegalArgumentException malformed) {
            throw RefusedException.user("affinity is not what Kubernetes takes: " + malformed.getMessage());
        }
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
