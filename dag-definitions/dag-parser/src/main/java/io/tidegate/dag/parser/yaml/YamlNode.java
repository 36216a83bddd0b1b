package io.tidegate.dag.parser.yaml;

import io.tidegate.dag.parser.problem.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A value in a YAML file and where it stands. */
public sealed interface YamlNode {
    /** Where the value starts. */
    Position start();

    /** Where the key stands that the value belongs to; the value's own start when it has none. */
    Position owner();

    /** How a scalar is written. */
    enum Style {
        /** Without quotes: the text decides whether it is a number, a boolean, nothing or text. */
        PLAIN,
        /** In single or double quotes: always text. */
        QUOTED,
        /** After {@code |} or {@code >}: always text. */
        BLOCK
    }

    /**
     * A single value.
     *
     * @param value its text, without quotes
     * @param end where it ends: the first character after it
     */
    record Scalar(String value, Style style, Position start, Position end, Position owner) implements YamlNode {
        public Scalar {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(style, "style");
        }

        /** What the value is under the core schema of YAML 1.2. */
        public ScalarMeaning meaning() {
            return style == Style.PLAIN ? ScalarMeaning.of(value) : ScalarMeaning.TEXT;
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, Position start, Position owner) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys and values in the order of the file. */
    record Mapping(Map<String, Entry> entries, Position start, Position owner) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public Optional<Entry> entry(String key) {
            return Optional.ofNullable(entries.get(key));
        }
    }

    /** A value that was refused, with the reason already told; readers pass over it in silence. */
    record Unreadable(Position start, Position owner) implements YamlNode {}

    /** A key with its value. */
    record Entry(Scalar key, YamlNode value) {}
}
