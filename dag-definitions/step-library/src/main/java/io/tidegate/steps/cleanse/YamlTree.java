package io.tidegate.steps.cleanse;

import io.tidegate.steps.cleanse.RulesException.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML document as nodes that know their place, and the problems found in it. */
final class YamlTree {
    private final List<Problem> problems = new ArrayList<>();

    Optional<Node> compose(String text) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(text);
            if (root.isEmpty()) {
                problems.add(new Problem(1, 1, "the file is empty: it needs 'rules:' and a list"));
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
            problems.add(new Problem(line, column, "this is not YAML: " + e.getProblem()));
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(new Problem(1, 1, "this is not YAML: " + e.getMessage()));
            return Optional.empty();
        }
    }

    /** The problems in the order of the file. */
    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    void problem(Node node, String message) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        int column = node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
        problems.add(new Problem(line, column, message));
    }

    /** The fields of a mapping; fields that are unknown or written twice are problems. */
    Map<String, Node> fields(Node node, Collection<String> known, String what) {
        Map<String, Node> fields = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, what + " must be a mapping of fields");
            return fields;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode()).orElse("");
            if (!known.contains(key)) {
                problem(tuple.getKeyNode(), "unknown field '" + key + "'" + Nearest.suggestion(key, known));
            } else if (fields.putIfAbsent(key, tuple.getValueNode()) != null) {
                problem(tuple.getKeyNode(), "the field '" + key + "' is there twice");
            }
        }
        return fields;
    }

    List<Node> items(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(node, what + " must be a list");
        return List.of();
    }

    /** A list of texts, or one text alone. */
    List<ScalarNode> words(Node node, String what) {
        if (node instanceof ScalarNode one) {
            return List.of(one);
        }
        List<ScalarNode> words = new ArrayList<>();
        for (Node item : items(node, what)) {
            if (item instanceof ScalarNode word) {
                words.add(word);
            } else {
                problem(item, what + " must be a list of words");
            }
        }
        return words;
    }

    Optional<String> text(Node node, String what) {
        Optional<String> text = scalar(node).filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            problem(node, what + " must be a text");
        }
        return text;
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    private static Optional<String> scalar(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }
}
