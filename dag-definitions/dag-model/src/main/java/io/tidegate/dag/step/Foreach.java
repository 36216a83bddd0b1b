package io.tidegate.dag.step;

import io.tidegate.dag.template.Template;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A step that runs once for each item of a list, for each pair of the items of two, or for each item of a list inside each item of another.
 *
 * @param items what the variables go through: one or two variables in the order of their names, the last of which changes fastest
 * @param name what an item is called; by its values when empty
 * @param atMost how many items there may be
 * @param atOnce how many of them may be at work at the same time; as many as the server has room for when empty
 * @param onFailure what becomes of the others when one fails for good
 */
public record Foreach(
        Map<String, Items> items, Optional<Template> name, int atMost, OptionalInt atOnce, OnFailure onFailure) {
    /** Items when an author gives no number. */
    public static final int USUAL_AT_MOST = 100;

    /** Items that an author may ask for. */
    public static final int MOST = 1_000;

    /** Variables that there may be. */
    public static final int MOST_VARIABLES = 2;

    /** What becomes of the other items when one fails for good. */
    public enum OnFailure {
        /** They run all the same. */
        KEEP_GOING,
        /** Those that wait are cancelled, those that are at work are stopped. */
        FAIL_FAST;

        /** The word an author writes: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a variable goes through. */
    public sealed interface Items {}

    /** Values that the author has written down. */
    public record Literal(List<String> values) implements Items {
        public Literal {
            values = List.copyOf(values);
        }
    }

    /**
     * What one name stands for: a parameter, with commas between its items, a list that an earlier step reported, or a list inside the items of the
     * other variable.
     *
     * @param template exactly one name
     */
    public record Named(Template template) implements Items {
        public Named {
            Objects.requireNonNull(template, "template");
        }

        /** The name. */
        public String reference() {
            return template.names().get(0);
        }

        /** The variable whose items hold the list; empty when it comes from elsewhere. */
        public Optional<String> outer() {
            String[] parts = reference().split("\\.");
            return parts[0].equals("item") && parts.length > 1 ? Optional.of(parts[1]) : Optional.empty();
        }
    }

    /** Items that are called by their values. */
    public Foreach(Map<String, Items> items, int atMost, OptionalInt atOnce, OnFailure onFailure) {
        this(items, Optional.empty(), atMost, atOnce, onFailure);
    }

    public Foreach {
        items = Collections.unmodifiableMap(new TreeMap<>(items));
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(atOnce, "atOnce");
        Objects.requireNonNull(onFailure, "onFailure");
        if (items.isEmpty() || items.size() > MOST_VARIABLES) {
            throw new IllegalArgumentException("foreach has one or two variables, not " + items.size());
        }
        if (atMost < 1 || atMost > MOST) {
            throw new IllegalArgumentException("foreach may have 1 to " + MOST + " items, not " + atMost);
        }
    }
}
