package io.tidegate.executor.kubernetes.manifest;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a pod template of an author's. Only fields of an allow-list pass: a field that Kubernetes adds tomorrow is refused until somebody has
 * thought about it.
 */
final class PodTemplateFile {
    private static final long MOST_BYTES = 256 * 1024;
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", "spec");
    private static final Set<String> METADATA = Set.of("labels", "annotations", "name", "namespace");
    private static final Set<String> SPEC = Set.of(
            "affinity",
            "automountServiceAccountToken",
            "containers",
            "dnsConfig",
            "dnsPolicy",
            "enableServiceLinks",
            "hostAliases",
            "hostIPC",
            "hostNetwork",
            "hostPID",
            "imagePullSecrets",
            "initContainers",
            "nodeSelector",
            "preemptionPolicy",
            "priorityClassName",
            "restartPolicy",
            "runtimeClassName",
            "schedulerName",
            "securityContext",
            "serviceAccountName",
            "shareProcessNamespace",
            "terminationGracePeriodSeconds",
            "tolerations",
            "topologySpreadConstraints",
            "volumes");
    private static final Set<String> CONTAINER = Set.of(
            "args",
            "command",
            "env",
            "envFrom",
            "image",
            "imagePullPolicy",
            "lifecycle",
            "livenessProbe",
            "name",
            "ports",
            "readinessProbe",
            "resources",
            "restartPolicy",
            "securityContext",
            "startupProbe",
            "volumeMounts",
            "workingDir");

    private PodTemplateFile() {}

    /**
     * @param folder the DAG's folder
     * @param template path below it; absent gives an empty template
     */
    static PodTemplateSpec read(Path folder, Optional<String> template) throws RefusedException {
        if (template.isEmpty()) {
            return new PodTemplateSpec();
        }
        String name = template.get();
        String text = text(folder, name);
        try {
            Map<?, ?> document = SERIALIZATION.unmarshal(text, Map.class);
            check(name, document);
            return SERIALIZATION.convertValue(Map.copyOf(withoutKind(document)), PodTemplateSpec.class);
        } catch (RuntimeException malformed) {
            throw RefusedException.user("the pod template " + name + " cannot be read: " + malformed.getMessage());
        }
    }

    private static Map<?, ?> withoutKind(Map<?, ?> document) {
        Map<Object, Object> rest = new java.util.HashMap<>(document);
        rest.remove("apiVersion");
        rest.remove("kind");
        rest.values().removeIf(java.util.Objects::isNull);
        return rest;
    }

    private static String text(Path folder, String name) throws RefusedException {
        try {
            Path root = folder.toRealPath();
            Path file = root.resolve(name).toRealPath();
            if (!file.startsWith(root)) {
                throw RefusedException.user("the pod template " + name + " lies outside the DAG's folder");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw RefusedException.user("the pod template " + name + " is larger than " + MOST_BYTES + " bytes");
            }
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw RefusedException.user("there is no pod template " + name + " in the DAG's folder");
        } catch (IOException unreadable) {
            throw RefusedException.user("the pod template " + name + " cannot be read: " + unreadable.getMessage());
        }
    }

    private static void check(String name, Map<?, ?> document) throws RefusedException {
        checkKeys(name, "", document, TOP);
        checkKeys(name, "metadata.", document.get("metadata"), METADATA);
        Object spec = document.get("spec");
        checkKeys(name, "spec.", spec, SPEC);
        if (spec instanceof Map<?, ?> fields) {
            for (String kind : List.of("containers", "initContainers")) {
                if (fields.get(kind) instanceof List<?> containers) {
                    for (Object container : containers) {
                        checkKeys(name, "spec." + kind + ".", container, CONTAINER);
                    }
                }
            }
        }
    }

    private static void checkKeys(String name, String where, Object value, Set<String> allowed)
            throws RefusedException {
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> fields)) {
            throw RefusedException.user("the pod template " + name + " is not a mapping at " + where);
        }
        for (Object key : fields.keySet()) {
            if (!allowed.contains(String.valueOf(key))) {
                throw RefusedException.user("the pod template " + name + " has the field " + where + key
                        + ", which a template may not set; allowed there are " + new TreeSet<>(allowed));
            }
        }
    }
}
