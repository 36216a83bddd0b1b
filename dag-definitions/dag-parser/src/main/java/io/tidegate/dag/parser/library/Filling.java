package io.tidegate.dag.parser.library;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies the step of a template with its gaps filled. A value that is one gap becomes the argument itself, a list included, and stands
 * where the argument does; inside text an argument's text is put in as it is written.
 */
final class Filling {
    private final int use;
    private final Map<String, YamlNode> arguments;
    private final Budget budget;

    /**
     * @param use which use the copy's places belong to
     * @param arguments a value for each gap
     * @param budget what copies may take
     */
    Filling(int use, Map<String, YamlNode> arguments, Budget budget) {
        this.use = use;
        this.arguments = arguments;
        this.budget = budget;
    }

    /** What all expansions of a file may make together. */
    static final class Budget {
        /** What a node costs besides its text. */
        private static final int NODE = 8;

        private long left;

        /** @param characters of all copies together */
        Budget(long characters) {
            this.left = characters;
        }

        private void take(int characters) {
            left -= characters + NODE;
        }

        boolean isSpent() {
            return left < 0;
        }
    }

    YamlNode.Mapping mapping(YamlNode.Mapping original, Position owner) {
        budget.take(0);
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        original.entries().forEach((name, entry) -> {
            if (!budget.isSpent()) {
                entries.put(name, new YamlNode.Entry(key(entry.key()), node(entry.value())));
            }
        });
        return new YamlNode.Mapping(entries, here(original.start()), owner);
    }

    YamlNode node(YamlNode original) {
        if (original instanceof YamlNode.Mapping mapping) {
            return mapping(mapping, here(mapping.owner()));
        }
        if (original instanceof YamlNode.Sequence sequence) {
            budget.take(0);
            List<YamlNode> items = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                if (!budget.isSpent()) {
                    items.add(node(item));
                }
            }
            return new YamlNode.Sequence(items, here(sequence.start()), here(sequence.owner()));
        }
        if (original instanceof YamlNode.Scalar scalar) {
            return scalar(scalar);
        }
        return new YamlNode.Unreadable(here(original.start()), here(original.owner()));
    }

    private YamlNode scalar(YamlNode.Scalar original) {
        return Gaps.whole(original.value())
                .map(arguments::get)
                .map(this::counted)
                .orElseGet(() -> text(original));
    }

    private YamlNode text(YamlNode.Scalar original) {
        String value = Gaps.hasAny(original.value())
                ? Gaps.fill(original.value(), name -> ((YamlNode.Scalar) arguments.get(name)).value())
                : original.value();
        budget.take(value.length());
        return new YamlNode.Scalar(
                value, original.style(), here(original.start()), here(original.end()), here(original.owner()));
    }

    private YamlNode counted(YamlNode argument) {
        if (argument instanceof YamlNode.Scalar scalar) {
            budget.take(scalar.value().length());
        } else if (argument instanceof YamlNode.Sequence sequence) {
            budget.take(0);
            sequence.items().forEach(this::counted);
        } else if (argument instanceof YamlNode.Mapping mapping) {
            budget.take(0);
            mapping.entries().values().forEach(entry -> {
                budget.take(entry.key().value().length());
                counted(entry.value());
            });
        }
        return argument;
    }

    private YamlNode.Scalar key(YamlNode.Scalar original) {
        budget.take(original.value().length());
        return new YamlNode.Scalar(
                original.value(),
                original.style(),
                here(original.start()),
                here(original.end()),
                here(original.owner()));
    }

    private Position here(Position position) {
        return position.broughtBy(use);
    }
}
