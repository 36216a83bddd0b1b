package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tidegate.executor.kubernetes.AttemptRecord.JobReference;
import io.tidegate.executor.kubernetes.manifest.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a cluster's API is asked of custom resources. Fails and tries again as {@link ClusterApi} does. Safe for use by several threads. */
final class ResourceApi {
    private final ClusterApi api;
    private final Map<String, ResourceKind> known = new ConcurrentHashMap<>();

    ResourceApi(ClusterApi api) {
        this.api = api;
    }

    /** How the cluster names a kind of object that lives in namespaces; empty when it knows none. Asked once for each that it knows. */
    Optional<ResourceKind> kind(String apiVersion, String kind) {
        String key = apiVersion + "/" + kind;
        if (!known.containsKey(key)) {
            APIResourceList all = api.asking("discover", () -> api.client().getApiResources(apiVersion));
            List<APIResource> resources = all == null ? List.of() : all.getResources();
            resources.stream()
                    .filter(one -> kind.equals(one.getKind())
                            && Boolean.TRUE.equals(one.getNamespaced())
                            && !one.getName().contains("/"))
                    .findFirst()
                    .ifPresent(one -> known.put(key, new ResourceKind(apiVersion, kind, one.getName())));
        }
        return Optional.ofNullable(known.get(key));
    }

    /** The kind that the configuration names {@code plural.group}, in the version that the cluster prefers; empty when it has none. */
    Optional<ResourceKind> preferred(String qualified) {
        int dot = qualified.indexOf('.');
        String plural = qualified.substring(0, dot);
        String group = qualified.substring(dot + 1);
        APIGroup found = api.asking("discover", () -> api.client().getApiGroup(group));
        if (found == null || found.getPreferredVersion() == null) {
            return Optional.empty();
        }
        String apiVersion = found.getPreferredVersion().getGroupVersion();
        APIResourceList all = api.asking("discover", () -> api.client().getApiResources(apiVersion));
        return (all == null ? List.<APIResource>of() : all.getResources())
                .stream()
                        .filter(one -> plural.equals(one.getName()) && Boolean.TRUE.equals(one.getNamespaced()))
                        .findFirst()
                        .map(one -> new ResourceKind(apiVersion, one.getKind(), plural));
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            operation(ResourceKind kind) {
        return api.client()
                .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(kind.group())
                        .withVersion(kind.version())
                        .withKind(kind.kind())
                        .withPlural(kind.plural())
                        .withNamespaced(true)
                        .build());
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            in(ResourceKind kind, String namespace) {
        return operation(kind).inNamespace(namespace);
    }

    GenericKubernetesResource create(ResourceKind kind, GenericKubernetesResource resource) {
        return api.asking(
                "create",
                () -> in(kind, resource.getMetadata().getNamespace())
                        .resource(resource)
                        .create());
    }

    /** Empty when there is none. */
    Optional<GenericKubernetesResource> get(JobReference reference) {
        return api.asking(
                "get",
                () -> Optional.ofNullable(in(reference.kind(), reference.namespace())
                        .withName(reference.name())
                        .get()));
    }

    /** Deletes a resource and what it made, which have their grace periods; it stays until they are gone. No harm when there is none. */
    void delete(JobReference reference) {
        api.asking(
                "delete",
                () -> in(reference.kind(), reference.namespace())
                        .withName(reference.name())
                        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                        .delete());
    }

    /** All of ours. */
    List<GenericKubernetesResource> list(ResourceKind kind, String namespace) {
        return api.asking(
                "list", () -> ClusterApi.ours(in(kind, namespace)).list().getItems());
    }

    /** An informer of all of ours; it is not started. */
    SharedIndexInformer<GenericKubernetesResource> informer(ResourceKind kind, String namespace) {
        return ClusterApi.ours(in(kind, namespace)).runnableInformer(0);
    }

    /** Pods that others made. */
    List<Pod> pods(String namespace, Map<String, String> labels) {
        return api.asking(
                "list",
                () -> api.client()
                        .pods()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .list()
                        .getItems());
    }
}
