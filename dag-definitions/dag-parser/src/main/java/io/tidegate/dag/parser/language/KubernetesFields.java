package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.DocumentType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.Patterns;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.text.Words;
import io.tidegate.dag.step.KubernetesPod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of {@code executor: kubernetes}. */
final class KubernetesFields {
    private static final String NAME_PATTERN = "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$";
    private static final String LABEL_PATTERN = "^([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$";
    private static final String QUANTITY_PATTERN = "^[0-9]{1,12}(\\.[0-9]{1,6})?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$";
    private static final long MOST_PROCESSORS = 1_000;

    private static final TextType<String> NAME =
            Notations.pattern(NAME_PATTERN, "a name of Kubernetes such as fast-disk");
    private static final TextType<String> QUANTITY = TextType.asWritten("an amount such as 500m or 2Gi", quantity());
    private static final TextType<String> FOLDER =
            Notations.pattern("^/[^:\\\\]*$", "an absolute path in the container such as /data");

    private static final Field<String> CLUSTER = optional(
            "cluster",
            NAME,
            "One of the clusters of the server's configuration; its first one when left out.",
            "cluster: gpu-farm");
    private static final Field<String> NAMESPACE = optional(
            "namespace",
            NAME,
            "One of the namespaces that the cluster allows; its first one when left out.",
            "namespace: training");
    private static final Field<String> SERVICE_ACCOUNT = optional(
            "service_account",
            NAME,
            "One of the service accounts that the cluster allows; without one the pod has no credentials of the cluster.",
            "service_account: reader");
    static final Field<String> IMAGE = optional(
            "image",
            Notations.pattern("^[^\\s]{1,500}$", "an image such as registry.example.org/score:1.4"),
            "The container's image; may be left out when the pod template names one.",
            "image: \"registry.example.org/score:1.4\"");
    private static final Field<String> PULL_POLICY = optional(
            "pull_policy",
            oneOf("a pull policy", "Always", "IfNotPresent", "Never"),
            "When the image is pulled; Kubernetes' own default when left out.",
            "pull_policy: IfNotPresent");
    private static final Field<List<String>> PULL_SECRETS = optional(
            "pull_secrets",
            ListType.of("a list of secrets", NAME).distinct(),
            "Secrets with credentials for the image's registry.",
            "pull_secrets: [registry]");
    private static final Field<KubernetesPod.Entrypoint> ENTRYPOINT = optional(
            "entrypoint",
            Notations.words(
                    "an entrypoint",
                    KubernetesPod.Entrypoint.class,
                    entrypoint -> entrypoint.name().toLowerCase(Locale.ROOT)),
            "Whether the step's command is the program, or what the image's own entrypoint gets; command when left out.",
            "entrypoint: image");

    static final Field<String> SECRET = required("secret", NAME, "The secret's name.", "secret: warehouse");
    static final Field<String> KEY = required(
            "key", Notations.pattern("^[-._A-Za-z0-9]{1,253}$", "a key of a secret"), "Its key.", "key: password");
    private static final Field<Map<String, Optional<KubernetesPod.SecretKey>>> SECRETS = optional(
            "secrets",
            ProgramFields.variables(
                    "a mapping of environment variables",
                    ObjectType.of(
                            "secret_key",
                            "a value in a secret",
                            List.of(SECRET, KEY),
                            values -> values.get(SECRET)
                                    .flatMap(secret ->
                                            values.get(KEY).map(key -> new KubernetesPod.SecretKey(secret, key))))),
            "Environment variables whose values are in secrets of the namespace.",
            "secrets: { PASSWORD: { secret: warehouse, key: password } }");

    private static final Field<String> CPU = optional("cpu", QUANTITY, "Cores.", "cpu: 500m");
    private static final Field<String> MEMORY = optional("memory", QUANTITY, "Memory.", "memory: 2Gi");
    private static final Field<Long> GPU = optional(
            "gpu", new WholeNumberType("a number of processors", 0, MOST_PROCESSORS), "Graphics processors.", "gpu: 1");
    private static final Field<String> EPHEMERAL =
            optional("ephemeral", QUANTITY, "Room on the node's disk.", "ephemeral: 10Gi");
    private static final Field<KubernetesPod.Resources> RESOURCES = optional(
            "resources",
            ObjectType.of(
                    "pod_resources",
                    "resources",
                    List.of(CPU, MEMORY, GPU, EPHEMERAL),
                    values -> Optional.of(new KubernetesPod.Resources(
                            values.get(CPU), values.get(MEMORY), values.get(GPU), values.get(EPHEMERAL)))),
            "What the container may use, requested and limited alike.",
            "resources: { cpu: 2, memory: 4Gi, gpu: 1 }");

    private static final Field<Map<String, Optional<String>>> NODE_SELECTOR = optional(
            "node_selector",
            new MapType<>(
                    "a mapping of labels",
                    Patterns.of(LABEL_PATTERN, "a label such as disk"),
                    Map.of("pattern", LABEL_PATTERN),
                    Notations.FREE_TEXT),
            "Labels that the node must have.",
            "node_selector: { disk: fast }");
    private static final Field<String> TAINT_KEY = optional(
            "key", Notations.pattern(LABEL_PATTERN, "the key of a taint such as gpu"), "The taint's key.", "key: gpu");
    private static final Field<String> TAINT_VALUE =
            optional("value", Notations.FREE_TEXT, "The taint's value; every value when left out.", "value: \"yes\"");
    private static final Field<String> EFFECT = optional(
            "effect",
            oneOf("an effect", "NoSchedule", "PreferNoSchedule", "NoExecute"),
            "The taint's effect; every effect when left out.",
            "effect: NoSchedule");
    private static final Field<List<KubernetesPod.Toleration>> TOLERATIONS = optional(
            "tolerations",
            ListType.of(
                    "a list of tolerations",
                    ObjectType.of(
                            "toleration",
                            "a toleration",
                            List.of(TAINT_KEY, TAINT_VALUE, EFFECT),
                            values -> Optional.of(new KubernetesPod.Toleration(
                                    values.get(TAINT_KEY), values.get(TAINT_VALUE), values.get(EFFECT))))),
            "Taints of nodes that the pod bears.",
            "tolerations: [{ key: gpu, effect: NoSchedule }]");
    private static final Field<Map<String, Object>> AFFINITY = optional(
            "affinity",
            new DocumentType("an affinity of Kubernetes"),
            "Kubernetes' own affinity.",
            "affinity: { nodeAffinity: { } }");
    private static final Field<String> PRIORITY_CLASS =
            optional("priority_class", NAME, "The pod's priority class.", "priority_class: batch-low");

    private static final Field<Map<String, Optional<KubernetesPod.Volume>>> VOLUMES = optional(
            "volumes",
            new MapType<>(
                    "a mapping of volumes by name",
                    Patterns.of("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", "the name of a volume such as data"),
                    Map.of("pattern", "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"),
                    VolumeFields.type(NAME, FOLDER, QUANTITY)),
            "What the container finds mounted.",
            "volumes: { data: { claim: flights, mount: /data } }");
    private static final Field<String> POD_TEMPLATE = optional(
            "pod_template",
            Notations.PATH,
            "A file with a pod template, to which all this is added; its container is called step.",
            "pod_template: pods/gpu.yaml");

    static final ObjectType<ExecutorChoice> TYPE = ObjectType.of(
            "kubernetes",
            "the executor kubernetes",
            List.of(
                    CLUSTER,
                    NAMESPACE,
                    SERVICE_ACCOUNT,
                    IMAGE,
                    PULL_POLICY,
                    PULL_SECRETS,
                    ENTRYPOINT,
                    SECRETS,
                    RESOURCES,
                    NODE_SELECTOR,
                    TOLERATIONS,
                    AFFINITY,
                    PRIORITY_CLASS,
                    VOLUMES,
                    POD_TEMPLATE),
            values -> Optional.of(new ExecutorChoice.Kubernetes(pod(values))));

    private KubernetesFields() {}

    private static KubernetesPod pod(Values values) {
        return new KubernetesPod(
                new KubernetesPod.Place(values.get(CLUSTER), values.get(NAMESPACE), values.get(SERVICE_ACCOUNT)),
                new KubernetesPod.Container(
                        // One that cannot be read is not missing.
                        values.get(IMAGE).or(() -> values.has(IMAGE) ? Optional.of("?") : Optional.empty()),
                        values.get(PULL_POLICY),
                        values.get(ENTRYPOINT),
                        values.get(PULL_SECRETS).orElse(List.of()),
                        present(values.get(SECRETS))),
                values.get(RESOURCES).orElse(KubernetesPod.EMPTY.resources()),
                new KubernetesPod.Scheduling(
                        present(values.get(NODE_SELECTOR)),
                        values.get(TOLERATIONS).orElse(List.of()),
                        values.get(AFFINITY).orElse(Map.of()),
                        values.get(PRIORITY_CLASS)),
                present(values.get(VOLUMES)),
                values.get(POD_TEMPLATE));
    }

    private static <V> Map<String, V> present(Optional<Map<String, Optional<V>>> read) {
        Map<String, V> values = new LinkedHashMap<>();
        read.orElse(Map.of()).forEach((name, value) -> value.ifPresent(found -> values.put(name, found)));
        return values;
    }

    private static ValueType<String> oneOf(String what, String... words) {
        Map<String, String> known = new LinkedHashMap<>();
        Set.of(words).stream().sorted().forEach(word -> known.put(word, word));
        return TextType.word(what, known.keySet(), Words.of(what, known));
    }

    private static Grammar<String> quantity() {
        Grammar<String> grammar = Patterns.of(QUANTITY_PATTERN, "an amount such as 500m or 2Gi");
        return text -> {
            if (text.endsWith("g") || text.endsWith("GB") || text.endsWith("MB")) {
                throw new TextException(
                        Excerpt.quoted(text) + " is not an amount such as 500m or 2Gi", "Kubernetes writes Mi and Gi");
            }
            return grammar.read(text);
        };
    }
}
