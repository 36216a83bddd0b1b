package io.tidegate.dag.parser.language;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.ParameterBounds;
import io.tidegate.dag.parameter.ParameterText;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.NumberType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Days;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.Numbers;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what of a parameter depends on its type: its bounds and its default. */
final class ParameterReading {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Set<String> FORMER_BOOLEANS = Set.of("yes", "no", "on", "off");
    private static final TextType<LocalDate> DAY = TextType.of("a day such as 2001-01-31", Days.PATTERN, Days::read);
    private static final ListType<String> ITEMS = ListType.of("a list of items", Notations.FREE_TEXT);
    private static final int MOST_ITEMS = 10_000;

    private final Values values;
    private final Parameter.Type type;

    ParameterReading(Values values, Parameter.Type type) {
        this.values = values;
        this.type = type;
    }

    /** The bounds; those that could not be read, or mean nothing for the type, have been reported and are left out. */
    ParameterBounds bounds() {
        boolean lower = belongs(ParameterFields.MINIMUM, Parameter.Type::isBounded);
        boolean upper = belongs(ParameterFields.MAXIMUM, Parameter.Type::isBounded);
        boolean patterned =
                belongs(ParameterFields.PATTERN, any -> any == Parameter.Type.STRING || any == Parameter.Type.LIST);
        boolean chosen =
                belongs(ParameterFields.CHOICES, any -> any == Parameter.Type.ENUM || any == Parameter.Type.LIST);
        if (type == Parameter.Type.ENUM && !values.has(ParameterFields.CHOICES)) {
            report(
                    values.keyOf(ParameterFields.TYPE_FIELD),
                    "a parameter of type enum needs the field 'choices'",
                    "for example " + ParameterFields.CHOICES.example());
        }
        ParameterBounds bounds = new ParameterBounds(
                lower ? bound(ParameterFields.MINIMUM) : Optional.empty(),
                upper ? bound(ParameterFields.MAXIMUM) : Optional.empty(),
                values.get(ParameterFields.PATTERN).filter(any -> patterned),
                values.get(ParameterFields.CHOICES).filter(any -> chosen).orElse(List.of()));
        checkOrder(bounds);
        bounds.choices().stream()
                .filter(choice -> type == Parameter.Type.LIST && choice.contains(","))
                .findFirst()
                .ifPresent(choice -> commaInside(values.valueOf(ParameterFields.CHOICES), choice));
        return bounds;
    }

    private boolean belongs(Field<?> field, Predicate<Parameter.Type> types) {
        if (!values.has(field) || types.test(type)) {
            return true;
        }
        String home = Arrays.stream(Parameter.Type.values())
                .filter(types)
                .map(Parameter.Type::word)
                .collect(Collectors.joining(", "));
        report(
                values.keyOf(field),
                "field '" + field.name() + "' means nothing for a parameter of type " + type.word(),
                "it is a field of " + home);
        return false;
    }

    /** The bound, as a value of the type is written. */
    private Optional<String> bound(Field<YamlNode> field) {
        return values.get(field).flatMap(node -> switch (type) {
            case DATE -> read(DAY, node).map(LocalDate::toString);
            case DURATION -> read(Notations.positiveDuration("m"), node).map(Durations::write);
            case LIST ->
                read(new WholeNumberType("a number of items", 0, MOST_ITEMS), node)
                        .map(String::valueOf);
            case INTEGER, NUMBER -> read(new NumberType(), node).map(Numbers::write);
            case STRING, BOOLEAN, ENUM, SECRET -> Optional.empty();
        });
    }

    private <T> Optional<T> read(ValueType<T> valueType, YamlNode node) {
        return valueType.read(node, values.reading());
    }

    private void checkOrder(ParameterBounds bounds) {
        if (bounds.minimum().isEmpty() || bounds.maximum().isEmpty()) {
            return;
        }
        // The bounds of a list are numbers of items.
        Parameter.Type ordered = type == Parameter.Type.LIST ? Parameter.Type.INTEGER : type;
        ParameterBounds lower = new ParameterBounds(bounds.minimum(), Optional.empty(), Optional.empty(), List.of());
        if (new ParameterText(ordered, lower).problem(bounds.maximum().get()).isPresent()) {
            report(
                    values.valueOf(ParameterFields.MAXIMUM),
                    "max " + bounds.maximum().get() + " is less than min "
                            + bounds.minimum().get(),
                    "");
        }
    }

    /** The default as text; one that does not fit has been reported. */
    Optional<String> defaultValue(ParameterBounds bounds) {
        Optional<YamlNode> node = values.get(ParameterFields.DEFAULT);
        if (type == Parameter.Type.LIST
                && node.filter(YamlNode.Sequence.class::isInstance).isPresent()) {
            return node.flatMap(list -> read(ITEMS, list)).map(items -> list(items, bounds));
        }
        Optional<String> text = node.flatMap(single -> read(Notations.FREE_TEXT, single));
        text.ifPresent(value -> check(value, bounds));
        return text.map(value -> ParameterText.normal(type, value));
    }

    private String list(List<String> items, ParameterBounds bounds) {
        Position place = values.valueOf(ParameterFields.DEFAULT);
        Optional<String> torn = items.stream()
                .filter(item -> item.contains(",") || item.isBlank())
                .findFirst();
        torn.ifPresent(item -> commaInside(place, item));
        String text = ParameterText.normal(type, ParameterText.list(items));
        if (torn.isEmpty()) {
            new ParameterText(type, bounds).problem(text).ifPresent(problem -> report(place, "default " + problem, ""));
        }
        return text;
    }

    private void commaInside(Position place, String item) {
        report(place, "an item of a list is a text without commas, not " + Excerpt.quoted(item), "");
    }

    private void check(String text, ParameterBounds bounds) {
        try {
            grammar().read(text);
            Optional<String> problem = new ParameterText(type, bounds).problem(text);
            if (problem.isPresent()) {
                throw new TextException("default " + problem.get());
            }
        } catch (TextException exception) {
            values.scalarOf(ParameterFields.DEFAULT)
                    .ifPresent(scalar -> values.reading().report(scalar, exception));
        }
    }

    /** What authors are held to is stricter than what a run may be given: {@code 012} can be read in more than one way. */
    private Grammar<?> grammar() {
        return switch (type) {
            case STRING, ENUM, LIST, SECRET -> text -> text;
            case INTEGER -> ParameterReading::wholeNumber;
            case NUMBER -> ParameterReading::number;
            case BOOLEAN -> ParameterReading::bool;
            case DATE -> Days::read;
            case DURATION -> Durations.withLikelyUnit("m");
        };
    }

    private static String wholeNumber(String text) throws TextException {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new TextException("default " + Excerpt.quoted(text) + " is not a whole number");
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

    private void report(Position place, String message, String suggestion) {
        values.reading().report(place, message, suggestion);
    }
}
