package io.tidegate.dag.parser.yaml;

import io.tidegate.dag.parser.problem.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list that is being read. */
final class OpenSequence implements OpenNode {
    private final Position start;
    private final Position owner;
    private final List<YamlNode> items = new ArrayList<>();

    OpenSequence(Position start, Position owner) {
        this.start = start;
        this.owner = owner;
    }

    @Override
    public void add(YamlNode node) {
        items.add(node);
    }

    @Override
    public Optional<Position> keyPosition() {
        return Optional.empty();
    }

    @Override
    public boolean isMerging() {
        return false;
    }

    @Override
    public YamlNode close() {
        return new YamlNode.Sequence(items, start, owner);
    }
}
