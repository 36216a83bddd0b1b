package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.tidegate.executor.kubernetes.AttemptRecord.JobReference;
import java.util.Optional;

/** From an object of the cluster to the Job that it is, or belongs to. */
final class ObjectReferences {
    private ObjectReferences() {}

    static JobReference of(String cluster, HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        if (!(object instanceof Pod)) {
            return new JobReference(cluster, metadata.getNamespace(), metadata.getName(), metadata.getUid());
        }
        Optional<OwnerReference> owner = metadata.getOwnerReferences().stream()
                .filter(reference -> "Job".equals(reference.getKind()))
                .findFirst();
        return new JobReference(
                cluster,
                metadata.getNamespace(),
                owner.map(OwnerReference::getName).orElse(metadata.getName()),
                owner.map(OwnerReference::getUid).orElse(""));
    }
}
