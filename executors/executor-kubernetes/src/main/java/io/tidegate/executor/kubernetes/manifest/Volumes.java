package io.tidegate.executor.kubernetes.manifest;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.tidegate.dag.step.KubernetesPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The volumes a step asks for, and the one in which it finds its specification. */
record Volumes(Map<String, KubernetesPod.Volume> asked) {
    /** Where a step finds what it is asked to do. */
    static final String SPECIFICATION_FILE = "/tidegate/specification.json";

    private static final String OURS = "tidegate-specification";

    /** The author's volumes, each replaced by one of the step's that has the same name, and ours. */
    List<Volume> addedTo(List<Volume> template) {
        Map<String, Volume> all = new TreeMap<>();
        template.forEach(volume -> all.put(volume.getName(), volume));
        asked.forEach((name, volume) -> all.put(name, volume(name, volume)));
        // The document travels with the Job, so that no further object is needed.
        all.put(
                OURS,
                new VolumeBuilder()
                        .withName(OURS)
                        .withNewDownwardAPI()
                        .addNewItem()
                        .withPath("specification.json")
                        .withNewFieldRef("v1", "metadata.annotations['" + Labels.SPECIFICATION + "']")
                        .endItem()
                        .endDownwardAPI()
                        .build());
        return new ArrayList<>(all.values());
    }

    List<VolumeMount> mountsAddedTo(List<VolumeMount> template) {
        List<VolumeMount> all = new ArrayList<>(template);
        all.removeIf(mount -> asked.containsKey(mount.getName()) || OURS.equals(mount.getName()));
        new TreeMap<>(asked)
                .forEach((name, volume) -> all.add(new VolumeMountBuilder()
                        .withName(name)
                        .withMountPath(volume.mountPath())
                        .withReadOnly(volume.readOnly())
                        .build()));
        all.add(new VolumeMountBuilder()
                .withName(OURS)
                .withMountPath("/tidegate")
                .withReadOnly(true)
                .build());
        return all;
    }

    private static Volume volume(String name, KubernetesPod.Volume asked) {
        VolumeBuilder builder = new VolumeBuilder().withName(name);
        return switch (asked.source()) {
            case CLAIM ->
                builder.withNewPersistentVolumeClaim(asked.name(), asked.readOnly())
                        .build();
            case CONFIG_MAP ->
                builder.withNewConfigMap().withName(asked.name()).endConfigMap().build();
            case SECRET ->
                builder.withNewSecret().withSecretName(asked.name()).endSecret().build();
            case EMPTY ->
                builder.withNewEmptyDir()
                        .withSizeLimit(asked.name().isEmpty() ? null : new Quantity(asked.name()))
                        .endEmptyDir()
                        .build();
            case HOST_PATH ->
                builder.withNewHostPath().withPath(asked.name()).endHostPath().build();
        };
    }
}
