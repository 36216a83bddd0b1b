package io.tidegate.executor.kubernetes.manifest;

import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the pods of a custom resource may not do unless the operator allows it. Each operator puts pod templates, or parts of them, elsewhere, so
 * fields are known by their names, wherever they stand: rather one refused too many than one overlooked.
 */
final class ManifestSecurity {
    private static final String PRIVILEGED = "set security.privileged of the cluster to allow it";
    private static final Set<String> REFUSED_WHEN_TRUE =
            Set.of("privileged", "allowprivilegeescalation", "hostnetwork", "hostpid", "hostipc", "hostprocess");
    private static final Set<String> VOLUMES = Set.of(
            "name",
            "emptyDir",
            "configMap",
            "secret",
            "persistentVolumeClaim",
            "downwardAPI",
            "ephemeral",
            "projected",
            "hostPath");

    private final Security allowed;

    ManifestSecurity(Security allowed) {
        this.allowed = allowed;
    }

    /** The manifest, with pods that have no account of their own kept from the cluster's credentials. */
    Map<String, Object> enforce(Map<String, Object> manifest) throws RefusedException {
        return mapping(manifest, "");
    }

    private Object value(Object value, String path) throws RefusedException {
        if (value instanceof Map<?, ?> mapping) {
            return mapping(mapping, path);
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            for (Object item : list) {
                items.add(value(item, path + "[" + items.size() + "]"));
            }
            return items;
        }
        return value;
    }

    private Map<String, Object> mapping(Map<?, ?> mapping, String path) throws RefusedException {
        Map<String, Object> checked = new TreeMap<>();
        for (Map.Entry<?, ?> entry : mapping.entrySet()) {
            String key = String.valueOf(entry.getKey());
            String place = path.isEmpty() ? key : path + "." + key;
            field(key, entry.getValue(), place);
            checked.put(key, value(entry.getValue(), place));
        }
        boolean pod = mapping.get("containers") instanceof List<?>;
        if (pod && !mapping.containsKey("serviceAccountName") && !mapping.containsKey("serviceAccount")) {
            checked.put("automountServiceAccountToken", false);
        }
        return checked;
    }

    private void field(String key, Object value, String place) throws RefusedException {
        // Properties of Spark name such things in one long key.
        String name = key.toLowerCase(Locale.ROOT);
        if (name.endsWith("serviceaccountname") || name.endsWith("serviceaccount")) {
            account(value, place);
        }
        if (name.equals("hostpath") || name.contains(".hostpath.")) {
            hostPath(value, place);
        }
        if (name.contains("podtemplate") && key.contains(".")) {
            throw refused(
                    place + " brings a pod template that nobody looks at", "write its settings into the manifest");
        }
        if (name.equals("volumes") && value instanceof List<?> volumes) {
            volumes(volumes, place);
        }
        if (name.equals("ephemeralcontainers") && value instanceof List<?> containers && !containers.isEmpty()) {
            throw refused(place + " has ephemeral containers", "leave them out");
        }
        if (!allowed.privileged()) {
            unprivileged(name, value, place);
        }
    }

    private static void unprivileged(String name, Object value, String place) throws RefusedException {
        boolean refused = (REFUSED_WHEN_TRUE.contains(name) && isTrue(value))
                || (name.equals("hostport") && !"0".equals(String.valueOf(value)))
                || (name.equals("sysctls") && value instanceof List<?> list && !list.isEmpty())
                || (name.equals("procmount") && !"Default".equals(value))
                || (name.equals("capabilities")
                        && value instanceof Map<?, ?> change
                        && change.get("add") instanceof List<?> added
                        && !added.isEmpty())
                || (name.equals("seccompprofile")
                        && value instanceof Map<?, ?> profile
                        && "Unconfined".equals(profile.get("type")));
        if (refused) {
            throw refused(place + " leaves what confines a pod", PRIVILEGED);
        }
    }

    private void account(Object value, String place) throws RefusedException {
        if (!allowed.serviceAccounts().contains(String.valueOf(value))) {
            throw refused(
                    place + " asks for the service account '" + value + "'",
                    "name it under security.service_accounts of the cluster to allow it");
        }
    }

    private void hostPath(Object value, String place) throws RefusedException {
        Object path = value instanceof Map<?, ?> source ? source.get("path") : value;
        Path wanted = Path.of(String.valueOf(path)).normalize();
        boolean known = wanted.isAbsolute()
                && allowed.hostPaths().stream()
                        .anyMatch(root -> wanted.startsWith(Path.of(root).normalize()));
        if (!known) {
            throw refused(
                    place + " mounts the node's folder " + path,
                    "name it under security.host_paths of the cluster to allow it, or use a persistent volume claim");
        }
    }

    private static void volumes(List<?> volumes, String place) throws RefusedException {
        for (Object volume : volumes) {
            if (volume instanceof Map<?, ?> fields && !VOLUMES.containsAll(fields.keySet())) {
                throw refused(
                        place + " has volume '" + fields.get("name") + "' of a kind that is not allowed",
                        "use a persistent volume claim, ConfigMap, Secret, emptyDir, ephemeral, downwardAPI or"
                                + " projected volume");
            }
        }
    }

    private static boolean isTrue(Object value) {
        return Boolean.TRUE.equals(value) || "true".equalsIgnoreCase(String.valueOf(value));
    }

    private static RefusedException refused(String what, String remedy) {
        return RefusedException.user("the manifest's " + what + ", which this cluster does not allow: " + remedy);
    }
}
