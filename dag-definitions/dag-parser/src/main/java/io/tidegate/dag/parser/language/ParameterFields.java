package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.NumberType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Days;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.Identifiers;
import io.tidegate.dag.parser.text.Numbers;
import io.tidegate.dag.parser.text.TextException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The fields of an entry of {@code params}. */
final class ParameterFields {
    private static final Field<Parameter.Type> TYPE_FIELD = required(
            "type",
            Notations.words("a type", Parameter.Type.class, Parameter.Type::word),
            "What a value must be.",
            "type: integer");
    private static final Field<String> DEFAULT = optional(
            "default",
            Notations.FREE_TEXT,
            "The value of a run that is given none; without it each run must be given one.",
            "default: 15");
    private static final Field<Double> MINIMUM =
            optional("min", new NumberType(), "The smallest number that is allowed.", "min: 1");
    private static final Field<Double> MAXIMUM =
            optional("max", new NumberType(), "The largest number that is allowed.", "max: 240");
    private static final Field<String> DESCRIPTION = optional(
            "description",
            Notations.FREE_TEXT,
            "What a reader should know.",
            "description: From when on a flight is late");

    private static final ObjectType<Function<String, Parameter>> PARAMETER = ObjectType.of(
            "parameter",
            "a parameter",
            List.of(TYPE_FIELD, DEFAULT, MINIMUM, MAXIMUM, DESCRIPTION),
            ParameterFields::bind);

    static final MapType<String, Function<String, Parameter>> TYPE = new MapType<>(
            "a mapping of parameters by name",
            Identifiers.of("parameter", Function.identity()),
            Notations.IDENTIFIER_SCHEMA,
            PARAMETER);

    private static final Set<Parameter.Type> NUMERIC = Set.of(Parameter.Type.INTEGER, Parameter.Type.NUMBER);
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Set<String> FORMER_BOOLEANS = Set.of("yes", "no", "on", "off");

    private ParameterFields() {}

    private static Optional<Function<String, Parameter>> bind(Values values) {
        Optional<Parameter.Type> type = values.get(TYPE_FIELD);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        checkBounds(values, type.get());
        checkDefault(values, type.get());
        return Optional.of(name -> new Parameter(
                name,
                type.get(),
                values.get(DEFAULT),
                values.get(MINIMUM),
                values.get(MAXIMUM),
                values.get(DESCRIPTION)));
    }

    private static void checkBounds(Values values, Parameter.Type type) {
        for (Field<?> bound : List.of(MINIMUM, MAXIMUM)) {
            if (values.has(bound) && !NUMERIC.contains(type)) {
                values.reading()
                        .report(
                                values.keyOf(bound),
                                "field '" + bound.name() + "' means nothing for a parameter of type " + type.word(),
                                "it is a field of integer and number");
            }
        }
        Optional<Double> minimum = values.get(MINIMUM);
        Optional<Double> maximum = values.get(MAXIMUM);
        if (minimum.isPresent() && maximum.isPresent() && minimum.get() > maximum.get()) {
            values.reading()
                    .report(
                            values.valueOf(MAXIMUM),
                            "max " + Numbers.write(maximum.get()) + " is less than min "
                                    + Numbers.write(minimum.get()));
        }
    }

    private static void checkDefault(Values values, Parameter.Type type) {
        Optional<String> text = values.get(DEFAULT);
        if (text.isEmpty()) {
            return;
        }
        try {
            grammar(type).read(text.get());
            if (NUMERIC.contains(type)) {
                checkRange(values, Numbers.read(text.get()), text.get());
            }
        } catch (TextException exception) {
            values.scalarOf(DEFAULT).ifPresent(scalar -> values.reading().report(scalar, exception));
        }
    }

    private static void checkRange(Values values, double value, String text) throws TextException {
        Optional<Double> minimum = values.get(MINIMUM).filter(bound -> value < bound);
        if (minimum.isPresent()) {
            throw new TextException("default " + text + " is less than min " + Numbers.write(minimum.get()));
        }
        Optional<Double> maximum = values.get(MAXIMUM).filter(bound -> value > bound);
        if (maximum.isPresent()) {
            throw new TextException("default " + text + " is more than max " + Numbers.write(maximum.get()));
        }
    }

    private static Grammar<?> grammar(Parameter.Type type) {
        return switch (type) {
            case STRING -> text -> text;
            case INTEGER -> text -> matching(text, WHOLE_NUMBER, "a whole number");
            case NUMBER -> ParameterFields::number;
            case BOOLEAN -> ParameterFields::bool;
            case DATE -> Days::read;
            case DURATION -> Durations.withLikelyUnit("m");
        };
    }

    private static String matching(String text, Pattern pattern, String noun) throws TextException {
        if (!pattern.matcher(text).matches()) {
            throw new TextException("default " + Excerpt.quoted(text) + " is not " + noun);
        }
        return text;
    }

    private static double number(String text) throws TextException {
        if (text.contains("%")) {
            throw new TextException("default " + Excerpt.quoted(text) + " is not a plain number");
        }
        return Numbers.read(text);
    }

    private static boolean bool(String text) throws TextException {
        if (!text.equals("true") && !text.equals("false")) {
            boolean former = FORMER_BOOLEANS.contains(text.toLowerCase(Locale.ROOT));
            throw new TextException(
                    "default " + Excerpt.quoted(text) + " is not true or false",
                    former ? "in YAML 1.2 " + text + " is text; only true and false are booleans" : "");
        }
        return text.equals("true");
    }
}
