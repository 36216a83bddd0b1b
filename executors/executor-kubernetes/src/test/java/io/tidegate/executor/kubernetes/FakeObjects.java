package io.tidegate.executor.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The objects of a cluster, and everything that ever happened to them, as an API server keeps them. */
final class FakeObjects {
    static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long version = 1;

    /** @param kind for example {@code pods} */
    record Change(String kind, String type, ObjectNode object, long version) {}

    private static String key(String kind, String name) {
        return kind + "/" + name;
    }

    synchronized long version() {
        return version;
    }

    /** False when there is one of this name. */
    synchronized boolean create(String kind, ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        String name = metadata.path("name").asText();
        if (objects.containsKey(key(kind, name))) {
            return false;
        }
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now());
        objects.put(key(kind, name), object);
        changed(kind, "ADDED", object);
        return true;
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void changed(String kind, String type, ObjectNode object) {
        version++;
        object.withObject("/metadata").put("resourceVersion", Long.toString(version));
        changes.add(new Change(kind, type, object.deepCopy(), version));
        notifyAll();
    }

    synchronized Optional<ObjectNode> get(String kind, String name) {
        return Optional.ofNullable(objects.get(key(kind, name))).map(ObjectNode::deepCopy);
    }

    /** Changes an object; nothing happens when it is not there. */
    synchronized void update(String kind, String name, Consumer<ObjectNode> change) {
        ObjectNode object = objects.get(key(kind, name));
        if (object != null) {
            change.accept(object);
            changed(kind, "MODIFIED", object);
        }
    }

    synchronized void remove(String kind, String name) {
        ObjectNode object = objects.remove(key(kind, name));
        if (object != null) {
            changed(kind, "DELETED", object);
        }
    }

    synchronized ObjectNode list(String kind) {
        ObjectNode list = JSON.createObjectNode();
        list.put("apiVersion", FakeKinds.apiVersion(kind));
        list.put("kind", FakeKinds.kind(kind) + "List");
        list.putObject("metadata").put("resourceVersion", Long.toString(version));
        ArrayNode items = list.putArray("items");
        objects.forEach((key, object) -> {
            if (key.startsWith(kind + "/")) {
                items.add(object.deepCopy());
            }
        });
        return list;
    }

    /** What happened after a version; waits a while for it. */
    synchronized List<Change> changesAfter(String kind, long after, long waitMillis) throws InterruptedException {
        long deadline = System.nanoTime() + waitMillis * 1_000_000;
        List<Change> found = after(kind, after);
        for (long left = waitMillis; found.isEmpty() && left > 0; found = after(kind, after)) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
        return found;
    }

    private List<Change> after(String kind, long after) {
        return changes.stream()
                .filter(change -> change.version() > after && change.kind().equals(kind))
                .toList();
    }
}
