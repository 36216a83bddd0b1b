package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.ParameterBounds;
import io.tidegate.dag.parser.shape.DeferredType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Identifiers;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The fields of an entry of {@code params}. */
final class ParameterFields {
    static final Field<Parameter.Type> TYPE_FIELD = required(
            "type",
            Notations.words("a type", Parameter.Type.class, Parameter.Type::word),
            "What a value must be.",
            "type: integer");
    static final Field<YamlNode> DEFAULT = optional(
            "default",
            new DeferredType(Map.of("type", List.of("string", "number", "boolean", "array"))),
            "The value of a run that is given none; without it each run must be given one.",
            "default: 15");
    static final Field<YamlNode> MINIMUM = optional(
            "min",
            new DeferredType(Map.of("type", List.of("string", "number"))),
            "The smallest number, first day, shortest duration or fewest items of a list that are allowed.",
            "min: 1");
    static final Field<YamlNode> MAXIMUM = optional(
            "max",
            new DeferredType(Map.of("type", List.of("string", "number"))),
            "The largest number, last day, longest duration or most items of a list that are allowed.",
            "max: 240");
    static final Field<String> PATTERN = optional(
            "pattern",
            TextType.of("a regular expression such as [a-z]{3}", ParameterFields::pattern),
            "The regular expression that a string, or each item of a list, matches from its beginning to its end.",
            "pattern: \"[a-z]{3}\"");
    static final Field<List<String>> CHOICES = optional(
            "choices",
            ListType.of("a list of choices", Notations.FREE_TEXT).notEmpty().distinct(),
            "What an enum may be, or what the items of a list may be.",
            "choices: [east, west]");
    private static final Field<String> DESCRIPTION = optional(
            "description",
            Notations.FREE_TEXT,
            "What a reader should know.",
            "description: From when on a flight is late");

    private static final ObjectType<Function<String, Parameter>> PARAMETER = ObjectType.of(
                    "parameter",
                    "a parameter",
                    List.of(TYPE_FIELD, DEFAULT, MINIMUM, MAXIMUM, PATTERN, CHOICES, DESCRIPTION),
                    ParameterFields::bind)
            .refining(ParameterFields::refine);

    static final MapType<String, Function<String, Parameter>> TYPE = new MapType<>(
            "a mapping of parameters by name",
            Identifiers.of("parameter", Function.identity()),
            Notations.IDENTIFIER_SCHEMA,
            PARAMETER);

    private static final int LONGEST_PATTERN = 500;

    private ParameterFields() {}

    private static Optional<Function<String, Parameter>> bind(Values values) {
        Optional<Parameter.Type> type = values.get(TYPE_FIELD);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        ParameterReading reading = new ParameterReading(values, type.get());
        ParameterBounds bounds = reading.bounds();
        Optional<String> defaultValue = reading.defaultValue(bounds);
        return Optional.of(name -> new Parameter(name, type.get(), defaultValue, bounds, values.get(DESCRIPTION)));
    }

    private static String pattern(String text) throws TextException {
        if (text.length() > LONGEST_PATTERN) {
            throw new TextException("a pattern has at most " + LONGEST_PATTERN + " characters");
        }
        try {
            return Pattern.compile(text).pattern();
        } catch (PatternSyntaxException exception) {
            throw new TextException(
                    "this is no regular expression: " + exception.getDescription(),
                    "",
                    Math.max(0, Math.min(exception.getIndex(), text.length())));
        }
    }

    private static Map<String, Object> refine(Map<String, Object> schema) {
        Map<String, Object> refined = new LinkedHashMap<>(schema);
        refined.put("if", Map.of("properties", Map.of(TYPE_FIELD.name(), Map.of("const", Parameter.Type.ENUM.word()))));
        refined.put("then", Map.of("required", List.of(CHOICES.name())));
        return refined;
    }
}
