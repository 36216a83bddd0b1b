package io.tidegate.executor.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.kubernetes.manifest.ResourceKind;
import io.tidegate.executor.process.AttemptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What this server has written down of an attempt, in the attempt's folder: where its Job is, and how it ended. Both outlive the Job,
 * which the cluster clears away.
 */
record AttemptRecord(LaunchKey key, AttemptFolder folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static AttemptRecord of(Path attempts, LaunchKey key) {
        return new AttemptRecord(key, AttemptFolder.of(attempts, key));
    }

    boolean exists() {
        return Files.isDirectory(folder.path());
    }

    private Path jobFile() {
        return folder.path().resolve("kubernetes-job.json");
    }

    private Path endFile() {
        return folder.path().resolve("end.json");
    }

    Path positionFile(String container) {
        return folder.path().resolve("position-" + container);
    }

    /** Where a Job is to be made; written before it is. */
    void intend(JobReference reference) throws IOException {
        write(jobFile(), reference.document());
    }

    /** Where the Job is, or was to be; empty when this server never tried to make one. */
    Optional<JobReference> reference() throws IOException {
        return read(jobFile()).map(JobReference::of);
    }

    /** Whether the attempt is a custom resource, whose operator may hand our marks on to pods; false when that cannot be read. */
    boolean isOfCustomResource() {
        try {
            return reference().filter(known -> !known.kind().isJob()).isPresent();
        } catch (IOException unreadable) {
            return false;
        }
    }

    void end(Ended ended) throws IOException {
        ObjectNode document = JSON.createObjectNode();
        ended.exitCode().ifPresent(code -> document.put("exitCode", code));
        ended.failure().ifPresent(kind -> document.put("failure", kind.name()));
        document.put("message", ended.message());
        write(endFile(), document);
    }

    /** How the attempt ended; empty when that was not yet written down. */
    Optional<Ended> end() throws IOException {
        return read(endFile())
                .map(document -> new Ended(
                        document.has("exitCode")
                                ? OptionalInt.of(document.path("exitCode").asInt())
                                : OptionalInt.empty(),
                        Optional.ofNullable(document.get("failure")).map(kind -> FailureKind.valueOf(kind.asText())),
                        document.path("message").asText("")));
    }

    boolean hasEnded() {
        return Files.exists(endFile());
    }

    void report(String text) throws IOException {
        Files.writeString(
                folder.report(),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    private static void write(Path file, JsonNode document) throws IOException {
        AttemptFolder.writeAtomically(file, JSON.writeValueAsString(document));
    }

    private static Optional<JsonNode> read(Path file) throws IOException {
        try {
            return Optional.of(JSON.readTree(Files.readString(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /**
     * Where a Job, or a custom resource, is.
     *
     * @param kind what it is
     * @param uid the cluster's own identifier of it; empty text while nobody knows whether it was made
     */
    record JobReference(String cluster, String namespace, ResourceKind kind, String name, String uid) {
        private static final String CLUSTER = "cluster";
        private static final String NAMESPACE = "namespace";
        private static final String JOB = "job";
        private static final String UID = "uid";
        private static final String API_VERSION = "apiVersion";
        private static final String KIND = "kind";
        private static final String PLURAL = "resources";

        JobReference(String cluster, String namespace, String name, String uid) {
            this(cluster, namespace, ResourceKind.JOB, name, uid);
        }

        boolean isKnown() {
            return !uid.isEmpty();
        }

        JobReference withUid(String known) {
            return new JobReference(cluster, namespace, kind, name, known);
        }

        ExternalJob externalJob(LaunchKey key) {
            Map<String, String> details = new HashMap<>(fields());
            return new ExternalJob(key, namespace + "/" + (kind.isJob() ? "" : kind.plural() + "/") + name, details);
        }

        static JobReference of(ExternalJob job) {
            Map<String, String> details = job.details();
            return of(name ->
                    details.getOrDefault(name, name.equals(JOB) ? job.key().value() : ""));
        }

        private static JobReference of(JsonNode document) {
            return of(name -> document.path(name).asText(""));
        }

        private static JobReference of(UnaryOperator<String> fields) {
            ResourceKind kind = fields.apply(PLURAL).isEmpty()
                    ? ResourceKind.JOB
                    : new ResourceKind(fields.apply(API_VERSION), fields.apply(KIND), fields.apply(PLURAL));
            return new JobReference(
                    fields.apply(CLUSTER), fields.apply(NAMESPACE), kind, fields.apply(JOB), fields.apply(UID));
        }

        private Map<String, String> fields() {
            Map<String, String> fields =
                    new TreeMap<>(Map.of(CLUSTER, cluster, NAMESPACE, namespace, JOB, name, UID, uid));
            if (!kind.isJob()) {
                fields.put(API_VERSION, kind.apiVersion());
                fields.put(KIND, kind.kind());
                fields.put(PLURAL, kind.plural());
            }
            return fields;
        }

        private ObjectNode document() {
            ObjectNode document = JSON.createObjectNode();
            fields().forEach(document::put);
            return document;
        }
    }
}
