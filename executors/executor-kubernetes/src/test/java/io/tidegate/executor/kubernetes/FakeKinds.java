package io.tidegate.executor.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The kinds that the cluster of the tests knows: Jobs, pods, and a training job that an operator would have brought. */
final class FakeKinds {
    static final String TRAINING = "pytorchjobs";
    static final String GROUP = "kubeflow.org";
    static final String VERSION = GROUP + "/v1";

    private FakeKinds() {}

    static String apiVersion(String plural) {
        return switch (plural) {
            case "jobs" -> "batch/v1";
            case TRAINING -> VERSION;
            default -> "v1";
        };
    }

    static String kind(String plural) {
        return switch (plural) {
            case "jobs" -> "Job";
            case TRAINING -> "PyTorchJob";
            case "events" -> "Event";
            case "resourcequotas" -> "ResourceQuota";
            default -> "Pod";
        };
    }

    /** What the cluster tells of its own kinds at a path; empty when it tells nothing there. */
    static Optional<String> describe(String path) {
        ObjectNode answer = FakeObjects.JSON.createObjectNode();
        if (path.equals("/apis/" + GROUP)) {
            answer.put("kind", "APIGroup").put("apiVersion", "v1").put("name", GROUP);
            answer.putObject("preferredVersion").put("groupVersion", VERSION).put("version", "v1");
            return Optional.of(answer.toString());
        }
        if (path.equals("/apis/" + VERSION)) {
            answer.put("kind", "APIResourceList").put("apiVersion", "v1").put("groupVersion", VERSION);
            answer.putArray("resources")
                    .addObject()
                    .put("name", TRAINING)
                    .put("singularName", "pytorchjob")
                    .put("namespaced", true)
                    .put("kind", "PyTorchJob")
                    .putArray("verbs")
                    .add("create");
            return Optional.of(answer.toString());
        }
        return Optional.empty();
    }
}
