package io.tidegate.executor.kubernetes.manifest;

/**
 * A kind of object, as an API server knows it.
 *
 * @param apiVersion group and version: {@code kubeflow.org/v1}
 * @param kind for example {@code PyTorchJob}
 * @param plural how paths name it: {@code pytorchjobs}
 */
public record ResourceKind(String apiVersion, String kind, String plural) {
    /** Kubernetes' own Jobs. */
    public static final ResourceKind JOB = new ResourceKind("batch/v1", "Job", "jobs");

    public boolean isJob() {
        return equals(JOB);
    }

    /** The group; empty text for the core of Kubernetes. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /** As the configuration names it: {@code pytorchjobs.kubeflow.org}. */
    public String qualified() {
        return group().isEmpty() ? plural : plural + "." + group();
    }
}
