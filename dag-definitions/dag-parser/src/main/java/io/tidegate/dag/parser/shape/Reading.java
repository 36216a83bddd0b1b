package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.problem.SourceText;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.yaml.ScalarMeaning;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The reading of one file: where problems go, and what has to be checked at the end. Not thread-safe. */
public final class Reading {
    private static final Set<String> FORMER_BOOLEANS = Set.of("yes", "no", "on", "off", "y", "n");

    private final Problems problems;
    private final List<TemplateUse> templates = new ArrayList<>();
    private final Map<Position, Set<Integer>> leftOut = new HashMap<>();
    private boolean guessed;

    public Reading(Problems problems) {
        this.problems = problems;
    }

    /** Takes in that text of another file is used somewhere; see {@link Problems#use}. */
    public int use(String file, SourceText source, Position at) {
        return problems.use(file, source, at);
    }

    public void report(Position position, String message) {
        problems.add(position, message, Optional.empty());
    }

    public void report(Position position, String message, String suggestion) {
        problems.add(position, message, suggestion.isEmpty() ? Optional.empty() : Optional.of(suggestion));
    }

    /** Reports a problem inside a scalar, at the character where it starts. */
    public void report(YamlNode.Scalar scalar, TextException exception) {
        problems.add(inside(scalar, exception.offset()), exception.getMessage(), exception.suggestion());
    }

    /**
     * Reports that a node is something else than it should be.
     *
     * @param wanted what it should be, with an example where that helps
     * @param suggestion what to do, or empty text
     */
    public void expected(String wanted, YamlNode node, String suggestion) {
        if (node instanceof YamlNode.Unreadable) {
            return;
        }
        String hint = suggestion;
        if (node instanceof YamlNode.Scalar scalar) {
            if (scalar.meaning() == ScalarMeaning.NOTHING) {
                hint = "give it a value or leave the key out";
            } else if (isFormerBoolean(scalar)) {
                hint = "in YAML 1.2 " + scalar.value() + " is text; only true and false are booleans";
            }
        }
        report(node.start(), "expected " + wanted + ", found " + what(node), hint);
    }

    private static boolean isFormerBoolean(YamlNode.Scalar scalar) {
        return scalar.style() == YamlNode.Style.PLAIN
                && FORMER_BOOLEANS.contains(scalar.value().toLowerCase(Locale.ROOT));
    }

    private static String what(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return switch (scalar.meaning()) {
                case TEXT -> "the text " + Excerpt.quoted(scalar.value());
                case WHOLE_NUMBER, NUMBER -> "the number " + Excerpt.shortened(scalar.value());
                case BOOLEAN -> scalar.value();
                case NOTHING -> "nothing";
            };
        }
        return node instanceof YamlNode.Sequence ? "a list" : "a mapping";
    }

    /**
     * The place of a character of a scalar's value; the scalar's start where the value is not written character by character, for
     * example over several lines or with escapes.
     *
     * @param offset in the value, in UTF-16 characters
     */
    public Position inside(YamlNode.Scalar scalar, int offset) {
        int quote = scalar.style() == YamlNode.Style.QUOTED ? 1 : 0;
        String written = problems.textFrom(scalar.start().plus(quote));
        boolean literal = scalar.style() != YamlNode.Style.BLOCK && written.startsWith(scalar.value());
        if (!literal || offset > scalar.value().length()) {
            return scalar.start();
        }
        return scalar.start().plus(quote + scalar.value().codePointCount(0, offset));
    }

    /** Notes that a value had to be made up where one could not be read, so that checks that rest on it are of no use. */
    public void guess() {
        guessed = true;
    }

    public boolean hasGuessed() {
        return guessed;
    }

    /** Notes that an item of a list is not among the list's values. */
    void leaveOut(YamlNode.Sequence list, int item) {
        leftOut.computeIfAbsent(list.start(), key -> new HashSet<>()).add(item);
    }

    /** The node of a list's value, counted among the values that could be read. */
    public Optional<YamlNode> itemOf(YamlNode.Sequence list, int value) {
        Set<Integer> gaps = leftOut.getOrDefault(list.start(), Set.of());
        return IntStream.range(0, list.items().size())
                .filter(item -> !gaps.contains(item))
                .skip(value)
                .mapToObj(list.items()::get)
                .findFirst();
    }

    void remember(TemplateUse use) {
        templates.add(use);
    }

    public List<TemplateUse> templates() {
        return List.copyOf(templates);
    }
}
