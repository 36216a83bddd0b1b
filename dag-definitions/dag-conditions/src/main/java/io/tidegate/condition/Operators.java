package io.tidegate.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** CEL's inner names of operators and types, as authors know them. */
final class Operators {
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("string", ValueType.STRING.words()),
            Map.entry("int", ValueType.INTEGER.words()),
            Map.entry("uint", ValueType.INTEGER.words()),
            Map.entry("double", ValueType.NUMBER.words()),
            Map.entry("bool", ValueType.BOOLEAN.words()),
            Map.entry("google.protobuf.Timestamp", ValueType.TIMESTAMP.words()),
            Map.entry("google.protobuf.Duration", ValueType.DURATION.words()),
            Map.entry("list", ValueType.LIST.words()),
            Map.entry("map", ValueType.MAP.words()),
            Map.entry("null", "null"),
            Map.entry("null_type", "null"),
            Map.entry("bytes", "bytes"));

    private Operators() {}

    /** The operator or function that a message of CEL names in quotes, in quotes. */
    static String quotedIn(String message) {
        Matcher quoted = QUOTED.matcher(message);
        return quoted.find() ? "'" + symbol(quoted.group(1)) + "'" : "an operator";
    }

    /** {@code _==_} is written {@code ==}. */
    static String symbol(String function) {
        return switch (function) {
            case "_?_:_" -> "? :";
            case "_[_]" -> "[ ]";
            default ->
                function.startsWith("_") || function.startsWith("@") || function.endsWith("_")
                        ? function.replace("_", "").replace("@", "")
                        : function;
        };
    }

    /** A list of types such as {@code string, list(int)} in words. */
    static String types(String list) {
        return split(list).stream()
                .map(type -> TYPES.getOrDefault(type.replaceFirst("\\(.*", ""), ValueType.DYNAMIC.words()))
                .collect(Collectors.joining(" and "));
    }

    private static List<String> split(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int index = 0; index < list.length(); index++) {
            char character = list.charAt(index);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            if (character == ',' && depth == 0) {
                parts.add(list.substring(start, index).strip());
                start = index + 1;
            }
        }
        parts.add(list.substring(start).strip());
        return parts;
    }
}
