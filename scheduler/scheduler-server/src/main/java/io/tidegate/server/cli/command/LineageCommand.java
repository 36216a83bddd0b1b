package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what was built on what. */
@Command(
        name = "lineage",
        description = "Tell what a dataset's partition or a model version was built on, and what was built on it.",
        mixinStandardHelpOptions = true)
public final class LineageCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Parameters(
            paramLabel = "DATASET[@PARTITION]",
            description = "A dataset, for example clean_flights@2001-01-08, or model:NAME[@VERSION].")
    private String node;

    @Option(
            names = "--direction",
            paramLabel = "WHICH",
            defaultValue = "both",
            description = "both, upstream or downstream.")
    private String direction;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "300",
            description = "Most nodes (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        JsonNode lineage = server.client()
                .get("/lineage", Map.of("node", node, "direction", direction, "limit", String.valueOf(limit)));
        if (server.json()) {
            server.print(lineage);
            return 0;
        }
        Map<String, JsonNode> nodes = new HashMap<>();
        lineage.path("nodes").forEach(found -> nodes.put(found.path("id").asText(), found));
        String focus = lineage.path("focus").asText();
        server.say(label(nodes.get(focus)));
        if (!direction.equals("downstream")) {
            tree("built on", focus, edges(lineage, "to", "from"), nodes);
        }
        if (!direction.equals("upstream")) {
            tree("built on it", focus, edges(lineage, "from", "to"), nodes);
        }
        if (lineage.path("truncated").asBoolean()) {
            server.say("@|yellow there is more; ask with a larger --limit|@");
        }
        return 0;
    }

    private static Map<String, List<String>> edges(JsonNode lineage, String from, String to) {
        Map<String, List<String>> edges = new HashMap<>();
        lineage.path("edges")
                .forEach(edge -> edges.computeIfAbsent(edge.path(from).asText(), key -> new ArrayList<>())
                        .add(edge.path(to).asText()));
        return edges;
    }

    private record Place(String id, int depth) {}

    private void tree(String title, String focus, Map<String, List<String>> edges, Map<String, JsonNode> nodes) {
        server.say("");
        server.say("@|underline " + title + "|@");
        Set<String> shown = new HashSet<>(Set.of(focus));
        List<Place> stack = new ArrayList<>();
        push(stack, edges.getOrDefault(focus, List.of()), 1);
        if (stack.isEmpty()) {
            server.say("  nothing");
        }
        while (!stack.isEmpty()) {
            Place place = stack.remove(stack.size() - 1);
            boolean first = shown.add(place.id());
            server.say("  ".repeat(place.depth()) + label(nodes.get(place.id())) + (first ? "" : " @|faint (above)|@"));
            if (first) {
                push(stack, edges.getOrDefault(place.id(), List.of()), place.depth() + 1);
            }
        }
    }

    private static void push(List<Place> stack, List<String> ids, int depth) {
        ids.stream().sorted((left, right) -> right.compareTo(left)).forEach(id -> stack.add(new Place(id, depth)));
    }

    private static String label(JsonNode node) {
        if (node == null) {
            return "?";
        }
        StringBuilder text = new StringBuilder("@|bold " + Words.text(node, "label") + "|@");
        if (node.hasNonNull("data_class")) {
            text.append(" [").append(node.path("data_class").asText()).append(']');
        }
        node.path("facts")
                .properties()
                .forEach(fact -> text.append(' ')
                        .append(fact.getKey().replace('_', ' '))
                        .append(' ')
                        .append(Words.clean(fact.getValue().asText())));
        return text.toString();
    }
}
