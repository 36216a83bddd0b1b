package io.tidegate.dag.parser;

import io.tidegate.dag.step.KubernetesPod;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings of executor kubernetes as maps, lists and text, in the words of the language. */
final class KubernetesLongForm {
    private KubernetesLongForm() {}

    static Map<String, Object> of(KubernetesPod pod) {
        Map<String, Object> fields = new TreeMap<>();
        put(fields, "cluster", pod.place().cluster());
        put(fields, "namespace", pod.place().namespace());
        put(fields, "service_account", pod.place().serviceAccount());
        container(pod.container(), fields);
        Map<String, Object> resources = new TreeMap<>();
        put(resources, "cpu", pod.resources().cpu());
        put(resources, "memory", pod.resources().memory());
        put(resources, "gpu", pod.resources().gpu());
        put(resources, "ephemeral", pod.resources().ephemeral());
        fields.put("resources", resources);
        fields.put("node_selector", new TreeMap<>(pod.scheduling().nodeSelector()));
        fields.put(
                "tolerations",
                pod.scheduling().tolerations().stream()
                        .map(KubernetesLongForm::toleration)
                        .toList());
        if (!pod.scheduling().affinity().isEmpty()) {
            fields.put("affinity", pod.scheduling().affinity());
        }
        put(fields, "priority_class", pod.scheduling().priorityClass());
        Map<String, Object> volumes = new TreeMap<>();
        pod.volumes().forEach((name, volume) -> volumes.put(name, volume(volume)));
        fields.put("volumes", volumes);
        put(fields, "pod_template", pod.template());
        return fields;
    }

    private static void container(KubernetesPod.Container container, Map<String, Object> fields) {
        put(fields, "image", container.image());
        put(fields, "pull_policy", container.pullPolicy());
        put(fields, "entrypoint", container.entrypoint().map(one -> one.name().toLowerCase(Locale.ROOT)));
        fields.put("pull_secrets", List.copyOf(container.pullSecrets()));
        Map<String, Object> secrets = new TreeMap<>();
        container.secrets().forEach((name, key) -> secrets.put(name, Map.of("secret", key.secret(), "key", key.key())));
        fields.put("secrets", secrets);
    }

    private static Map<String, Object> toleration(KubernetesPod.Toleration toleration) {
        Map<String, Object> fields = new TreeMap<>();
        put(fields, "key", toleration.key());
        put(fields, "value", toleration.value());
        put(fields, "effect", toleration.effect());
        return fields;
    }

    private static Map<String, Object> volume(KubernetesPod.Volume volume) {
        return new TreeMap<>(Map.of(
                volume.source().word(), volume.name(), "mount", volume.mountPath(), "read_only", volume.readOnly()));
    }

    private static void put(Map<String, Object> fields, String name, Optional<?> value) {
        value.ifPresent(found -> fields.put(name, found));
    }
}
