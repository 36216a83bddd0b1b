package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Words;
import io.tidegate.dag.step.KubernetesPod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a pod's volume. */
final class VolumeFields {
    private final Map<KubernetesPod.VolumeSource, Field<String>> sources = new LinkedHashMap<>();
    private final Field<String> mount;
    private final Field<Boolean> readOnly;

    private VolumeFields(ValueType<String> name, ValueType<String> folder, ValueType<String> amount) {
        source(KubernetesPod.VolumeSource.CLAIM, name, "A persistent volume claim.", "flights");
        source(KubernetesPod.VolumeSource.CONFIG_MAP, name, "A ConfigMap, a file for each key.", "settings");
        source(KubernetesPod.VolumeSource.SECRET, name, "A Secret, a file for each key.", "warehouse");
        source(KubernetesPod.VolumeSource.EMPTY, amount, "An empty folder that holds this much.", "10Gi");
        source(
                KubernetesPod.VolumeSource.HOST_PATH,
                folder,
                "A folder of the node, where the cluster allows it.",
                "/mnt/flights");
        mount = required("mount", folder, "Where it is found in the container.", "mount: /data");
        readOnly = optional(
                "read_only",
                TextType.asWritten("true or false", Words.of("true or false", Map.of("true", true, "false", false))),
                "Whether it may only be read.",
                "read_only: true");
    }

    private void source(KubernetesPod.VolumeSource source, ValueType<String> type, String description, String example) {
        sources.put(source, optional(source.word(), type, description, source.word() + ": " + example));
    }

    static ObjectType<KubernetesPod.Volume> type(
            ValueType<String> name, ValueType<String> folder, ValueType<String> amount) {
        VolumeFields fields = new VolumeFields(name, folder, amount);
        List<Field<?>> all = new java.util.ArrayList<>(fields.sources.values());
        all.add(fields.mount);
        all.add(fields.readOnly);
        return ObjectType.of("volume", "a volume", all, fields::volume);
    }

    private Optional<KubernetesPod.Volume> volume(Values values) {
        List<KubernetesPod.VolumeSource> chosen = sources.entrySet().stream()
                .filter(entry -> values.has(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (chosen.size() != 1) {
            values.reading()
                    .report(
                            values.owner(),
                            "a volume is made of one thing",
                            "one of "
                                    + String.join(
                                            ", ",
                                            sources.values().stream()
                                                    .map(Field::name)
                                                    .toList()));
            return Optional.empty();
        }
        KubernetesPod.VolumeSource source = chosen.get(0);
        return values.get(sources.get(source))
                .flatMap(name -> values.get(mount)
                        .map(path -> new KubernetesPod.Volume(
                                source, name, path, values.get(readOnly).orElse(false))));
    }
}
