package io.tidegate.dag.parser.library;

import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gaps of a step template: {@code {{ with.NAME }}} inside a value. */
final class Gaps {
    static final String PREFIX = "with.";

    private static final Pattern GAP = Pattern.compile("\\{\\{\\s*with\\.([A-Za-z0-9_.-]*)\\s*}}");

    private Gaps() {}

    /** A gap, and whether it is all there is of its value. */
    record Gap(YamlNode.Scalar node, String name, int offset, boolean isWhole) {}

    /** Tells of each gap of a step, and of each key that looks like one. */
    static void visit(YamlNode node, Consumer<Gap> gaps, Consumer<YamlNode.Scalar> keys) {
        if (node instanceof YamlNode.Scalar scalar) {
            Matcher matcher = GAP.matcher(scalar.value());
            while (matcher.find()) {
                gaps.accept(new Gap(scalar, matcher.group(1), matcher.start(1), isWhole(matcher, scalar.value())));
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> visit(item, gaps, keys));
        } else if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries().values().forEach(entry -> {
                if (GAP.matcher(entry.key().value()).find()) {
                    keys.accept(entry.key());
                }
                visit(entry.value(), gaps, keys);
            });
        }
    }

    /** The name of the gap that a value consists of. */
    static Optional<String> whole(String text) {
        Matcher matcher = GAP.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    static boolean hasAny(String text) {
        return text.contains(PREFIX) && GAP.matcher(text).find();
    }

    /** The text with its gaps filled; what is put in is never looked at again. */
    static String fill(String text, UnaryOperator<String> values) {
        return GAP.matcher(text).replaceAll(match -> Matcher.quoteReplacement(values.apply(match.group(1))));
    }

    private static boolean isWhole(Matcher matcher, String text) {
        return matcher.start() == 0 && matcher.end() == text.length();
    }
}
