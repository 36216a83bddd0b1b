package io.tidegate.dag.parser.yaml;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A mapping that is being read. Of keys that are given twice the first one counts. */
final class OpenMapping implements OpenNode {
    private static final String MERGE = "<<";

    private final Position start;
    private final Position owner;
    private final Problems problems;
    private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    private Optional<YamlNode> key = Optional.empty();

    OpenMapping(Position start, Position owner, Problems problems) {
        this.start = start;
        this.owner = owner;
        this.problems = problems;
    }

    @Override
    public void add(YamlNode node) {
        if (key.isEmpty()) {
            checkKey(node);
            key = Optional.of(node);
            return;
        }
        if (key.get() instanceof YamlNode.Scalar scalar && !isMerging()) {
            YamlNode.Entry before = entries.putIfAbsent(scalar.value(), new YamlNode.Entry(scalar, node));
            if (before != null) {
                problems.add(
                        scalar.start(),
                        "key " + Excerpt.quoted(scalar.value()) + " is already given on line "
                                + before.key().start().line(),
                        Optional.of("keep one of the two"));
            }
        }
        key = Optional.empty();
    }

    private void checkKey(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            if (isMerge(scalar)) {
                problems.add(
                        scalar.start(),
                        "merge key << is not allowed",
                        Optional.of("write the fields out where they are used"));
            }
        } else if (!(node instanceof YamlNode.Unreadable)) {
            problems.add(
                    node.start(),
                    "a key must be text, not a list or mapping",
                    Optional.of("put text with {{ }} in quotes"));
        }
    }

    @Override
    public Optional<Position> keyPosition() {
        return key.map(YamlNode::start);
    }

    @Override
    public boolean isMerging() {
        return key.isPresent() && key.get() instanceof YamlNode.Scalar scalar && isMerge(scalar);
    }

    private static boolean isMerge(YamlNode.Scalar scalar) {
        return scalar.style() == YamlNode.Style.PLAIN && scalar.value().equals(MERGE);
    }

    @Override
    public YamlNode close() {
        return new YamlNode.Mapping(entries, start, owner);
    }
}
