package io.tidegate.executor.kubernetes.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload.CustomResource;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The custom resource of an attempt. How it ends travels with it, in annotations, so that any server can follow it. */
public final class ResourceManifest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};
    private static final String SUCCEEDS_WHEN = Labels.PREFIX + "succeeds-when";
    private static final String FAILS_WHEN = Labels.PREFIX + "fails-when";
    private static final String MESSAGE = Labels.PREFIX + "message";
    private static final String LOGS = Labels.PREFIX + "logs";
    private static final String KEEP = Labels.PREFIX + "keep";

    private ResourceManifest() {}

    /**
     * Builds the resource.
     *
     * @throws RefusedException when the request may not become one
     */
    public static GenericKubernetesResource of(
            LaunchRequest request, InstallationId installation, CustomResource work, ClusterSettings cluster)
            throws RefusedException {
        String name = JobManifest.name(request.key());
        if (!work.logs().isEmpty() && !work.logs().containsValue(name)) {
            throw RefusedException.user(
                    "no label under 'logs' has the value {{ resource.name }}, so that pods of others would be read too");
        }
        Map<String, Object> checked = new ManifestSecurity(cluster.security()).enforce(work.manifest());
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion(text(checked, "apiVersion"));
        resource.setKind(text(checked, "kind"));
        Map<String, String> labels = texts(checked.get("metadata"), "labels");
        labels.putAll(Labels.labels(installation, request.key(), request.identity()));
        Map<String, String> annotations = texts(checked.get("metadata"), "annotations");
        annotations.putAll(Labels.annotations(request.identity()));
        annotations.putAll(annotations(work));
        resource.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(JobManifest.namespace(request, cluster))
                .withLabels(labels)
                .withAnnotations(annotations)
                .build());
        checked.keySet().removeAll(Set.of("apiVersion", "kind", "metadata", "status"));
        resource.setAdditionalProperties(checked);
        return resource;
    }

    private static String text(Map<String, Object> manifest, String field) throws RefusedException {
        if (manifest.get(field) instanceof String text) {
            return text;
        }
        throw RefusedException.user("the manifest has no field '" + field + "'");
    }

    private static Map<String, String> texts(Object metadata, String field) {
        Map<String, String> texts = new TreeMap<>();
        if (metadata instanceof Map<?, ?> fields && fields.get(field) instanceof Map<?, ?> values) {
            values.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    private static Map<String, String> annotations(CustomResource work) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(SUCCEEDS_WHEN, work.end().succeedsWhen());
        work.end().failsWhen().ifPresent(condition -> annotations.put(FAILS_WHEN, condition));
        work.end().message().ifPresent(message -> annotations.put(MESSAGE, message));
        try {
            annotations.put(LOGS, JSON.writeValueAsString(new TreeMap<>(work.logs())));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        annotations.put(KEEP, Boolean.toString(work.keep()));
        return annotations;
    }

    /** What decides of the resource's end; empty when it does not say, because it is none of ours. */
    public static Optional<CustomResource.End> end(GenericKubernetesResource resource) {
        return annotation(resource, SUCCEEDS_WHEN)
                .map(condition -> new CustomResource.End(
                        condition, annotation(resource, FAILS_WHEN), annotation(resource, MESSAGE)));
    }

    /** Labels of the pods whose log is the attempt's. */
    public static Map<String, String> logs(GenericKubernetesResource resource) {
        try {
            return JSON.readValue(annotation(resource, LOGS).orElse("{}"), LABELS);
        } catch (JsonProcessingException changedByOthers) {
            return Map.of();
        }
    }

    /** Whether it stays when it has ended. */
    public static boolean isKept(GenericKubernetesResource resource) {
        return annotation(resource, KEEP).filter("true"::equals).isPresent();
    }

    private static Optional<String> annotation(GenericKubernetesResource resource, String name) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(name));
    }
}
