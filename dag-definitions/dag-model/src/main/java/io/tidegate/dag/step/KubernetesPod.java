package io.tidegate.dag.step;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an author asks of the pod that runs a step. What is left open is the cluster's to say, or that of the pod template.
 *
 * @param place where the pod runs, and as whom
 * @param container what runs in it
 * @param resources what it may use
 * @param scheduling which nodes it may run on
 * @param volumes what it finds mounted, by name
 * @param template file with a pod template, relative to the DAG's folder, to which all this is added
 */
public record KubernetesPod(
        Place place,
        Container container,
        Resources resources,
        Scheduling scheduling,
        Map<String, Volume> volumes,
        Optional<String> template) {
    public static final KubernetesPod EMPTY = new KubernetesPod(
            new Place(Optional.empty(), Optional.empty(), Optional.empty()),
            new Container(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Map.of()),
            new Resources(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            new Scheduling(Map.of(), List.of(), Map.of(), Optional.empty()),
            Map.of(),
            Optional.empty());

    /** Nothing but where: what a step asks for whose pods are made by others. */
    public static KubernetesPod in(Optional<String> cluster, Optional<String> namespace) {
        return new KubernetesPod(
                new Place(cluster, namespace, Optional.empty()),
                EMPTY.container(),
                EMPTY.resources(),
                EMPTY.scheduling(),
                Map.of(),
                Optional.empty());
    }

    /** The same with further variables whose values are kept in secrets of the namespace. */
    public KubernetesPod withSecrets(Map<String, SecretKey> more) {
        Map<String, SecretKey> all = new LinkedHashMap<>(container.secrets());
        all.putAll(more);
        Container extended = new Container(
                container.image(), container.pullPolicy(), container.entrypoint(), container.pullSecrets(), all);
        return new KubernetesPod(place, extended, resources, scheduling, volumes, template);
    }

    public KubernetesPod {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(resources, "resources");
        Objects.requireNonNull(scheduling, "scheduling");
        volumes = Map.copyOf(volumes);
        Objects.requireNonNull(template, "template");
    }

    /**
     * @param cluster one of those the server knows; the usual one when absent
     * @param namespace one of those the cluster allows; the cluster's usual one when absent
     * @param serviceAccount one of those the cluster allows; without one the pod has no credentials of the cluster
     */
    public record Place(Optional<String> cluster, Optional<String> namespace, Optional<String> serviceAccount) {
        Place completedBy(Place base) {
            return new Place(
                    cluster.or(base::cluster), namespace.or(base::namespace), serviceAccount.or(base::serviceAccount));
        }
    }

    /** Who reads the step's command. */
    public enum Entrypoint {
        /** The command is the program; the image's own entrypoint is not run. */
        COMMAND,
        /** The image's entrypoint is the program, and the command its arguments. */
        IMAGE
    }

    /**
     * @param image the container's image; absent when the pod template names one
     * @param pullPolicy {@code Always}, {@code IfNotPresent} or {@code Never}; Kubernetes' own default when absent
     * @param pullSecrets names of secrets with credentials for the image's registry
     * @param secrets variables whose values are kept in secrets of the namespace
     */
    public record Container(
            Optional<String> image,
            Optional<String> pullPolicy,
            Optional<Entrypoint> entrypoint,
            List<String> pullSecrets,
            Map<String, SecretKey> secrets) {
        public Container {
            Objects.requireNonNull(image, "image");
            pullSecrets = List.copyOf(pullSecrets);
            secrets = Map.copyOf(secrets);
        }

        Container completedBy(Container base) {
            return new Container(
                    image.or(base::image),
                    pullPolicy.or(base::pullPolicy),
                    entrypoint.or(base::entrypoint),
                    pullSecrets.isEmpty() ? base.pullSecrets : pullSecrets,
                    merged(base.secrets, secrets));
        }
    }

    /** A value in a secret of the pod's namespace. */
    public record SecretKey(String secret, String key) {
        public SecretKey {
            Objects.requireNonNull(secret, "secret");
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * Requested and limited alike, in Kubernetes' notation.
     *
     * @param cpu cores, for example {@code 500m}
     * @param memory for example {@code 2Gi}
     * @param gpu whole graphics processors
     * @param ephemeral room on the node's disk, for example {@code 10Gi}
     */
    public record Resources(
            Optional<String> cpu, Optional<String> memory, Optional<Long> gpu, Optional<String> ephemeral) {
        Resources completedBy(Resources base) {
            return new Resources(
                    cpu.or(base::cpu), memory.or(base::memory), gpu.or(base::gpu), ephemeral.or(base::ephemeral));
        }
    }

    /**
     * @param nodeSelector labels a node must have
     * @param affinity Kubernetes' own {@code affinity}: maps, lists, text, numbers and booleans
     */
    public record Scheduling(
            Map<String, String> nodeSelector,
            List<Toleration> tolerations,
            Map<String, Object> affinity,
            Optional<String> priorityClass) {
        public Scheduling {
            nodeSelector = Map.copyOf(nodeSelector);
            tolerations = List.copyOf(tolerations);
            affinity = Map.copyOf(affinity);
        }

        Scheduling completedBy(Scheduling base) {
            return new Scheduling(
                    merged(base.nodeSelector, nodeSelector),
                    joined(base.tolerations, tolerations),
                    affinity.isEmpty() ? base.affinity : affinity,
                    priorityClass.or(base::priorityClass));
        }
    }

    /**
     * Lets the pod run on nodes with a taint.
     *
     * @param key the taint's key; absent tolerates every taint
     * @param value the taint's value; absent tolerates every value
     * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}; absent means all
     */
    public record Toleration(Optional<String> key, Optional<String> value, Optional<String> effect) {}

    /** What a volume is made of. */
    public enum VolumeSource {
        /** A persistent volume claim. */
        CLAIM("claim"),
        /** A ConfigMap as files. */
        CONFIG_MAP("config_map"),
        /** A Secret as files. */
        SECRET("secret"),
        /** An empty folder of the pod; its name is the most it may hold, empty text for no bound. */
        EMPTY("empty"),
        /** A folder of the node; only where the server's configuration allows it. */
        HOST_PATH("host_path");

        private final String word;

        VolumeSource(String word) {
            this.word = word;
        }

        /** The field authors write. */
        public String word() {
            return word;
        }
    }

    /**
     * @param name the claim's, ConfigMap's or Secret's name, the most that an empty folder may hold, or the folder on the node
     * @param mountPath absolute path in the container
     */
    public record Volume(VolumeSource source, String name, String mountPath, boolean readOnly) {
        public Volume {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(mountPath, "mountPath");
        }
    }

    /** This pod, with what it leaves open taken from another one. */
    public KubernetesPod completedBy(KubernetesPod base) {
        return new KubernetesPod(
                place.completedBy(base.place),
                container.completedBy(base.container),
                resources.completedBy(base.resources),
                scheduling.completedBy(base.scheduling),
                merged(base.volumes, volumes),
                template.or(base::template));
    }

    private static <V> Map<String, V> merged(Map<String, V> base, Map<String, V> over) {
        Map<String, V> all = new LinkedHashMap<>(base);
        all.putAll(over);
        return all;
    }

    private static <T> List<T> joined(List<T> base, List<T> more) {
        List<T> all = new ArrayList<>(base);
        more.stream().filter(item -> !all.contains(item)).forEach(all::add);
        return all;
    }
}
