package io.tidegate.dag.parser.language;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a path such as {@code steps.features.inputs.1} stands in a file. */
final class NodePaths {
    private NodePaths() {}

    /**
     * The place of the value at the path, or of its key when the value is a list or mapping; of the nearest part of the path that is
     * there when the value is not.
     */
    static Position find(YamlNode root, String path, Reading reading) {
        YamlNode current = root;
        for (String segment : path.split("\\.")) {
            Optional<YamlNode> next = step(current, segment, reading);
            if (next.isEmpty()) {
                return current instanceof YamlNode.Scalar scalar ? inside(scalar, segment, reading) : current.owner();
            }
            current = next.get();
        }
        return current instanceof YamlNode.Scalar ? current.start() : current.owner();
    }

    /** Where the text of a value holds the word; the start of the value when it does not. */
    private static Position inside(YamlNode.Scalar scalar, String word, Reading reading) {
        Matcher matcher = Pattern.compile("(?<![A-Za-z0-9_-])" + Pattern.quote(word) + "(?![A-Za-z0-9_-])")
                .matcher(scalar.value());
        return matcher.find() ? reading.inside(scalar, matcher.start()) : scalar.start();
    }

    /** In a list a segment is a position, or the text of an item. */
    private static Optional<YamlNode> step(YamlNode node, String segment, Reading reading) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping.entry(segment).map(YamlNode.Entry::value);
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            return Optional.empty();
        }
        if (segment.chars().allMatch(Character::isDigit) && segment.length() < 9) {
            return reading.itemOf(sequence, Integer.parseInt(segment));
        }
        return sequence.items().stream()
                .filter(item ->
                        item instanceof YamlNode.Scalar scalar && scalar.value().equals(segment))
                .findFirst();
    }
}
