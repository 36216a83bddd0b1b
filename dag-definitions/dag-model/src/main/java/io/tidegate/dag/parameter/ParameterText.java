package io.tidegate.dag.parameter;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.ParameterBounds;
import io.tidegate.dag.graph.NearestName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values of parameters as text: whether one is of its type and within its bounds. Pure. */
public final class ParameterText {
    private static final String COMMA = ",";
    private static final int LONGEST_SHOWN = 60;

    private final Parameter.Type type;
    private final ParameterBounds bounds;

    public ParameterText(Parameter.Type type, ParameterBounds bounds) {
        this.type = Objects.requireNonNull(type, "type");
        this.bounds = Objects.requireNonNull(bounds, "bounds");
    }

    /** The checks of a parameter. */
    public static ParameterText of(Parameter parameter) {
        return new ParameterText(parameter.type(), parameter.bounds());
    }

    /** The items of a list, without the white space around them. */
    public static List<String> items(String text) {
        return Arrays.stream(text.split(COMMA))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** A list of items as text. */
    public static String list(List<String> items) {
        return String.join(COMMA, items);
    }

    /** The one way to write a value: a list without white space around its items, everything else as it is. */
    public static String normal(Parameter.Type type, String text) {
        return type == Parameter.Type.LIST ? list(items(text)) : text;
    }

    /** What is wrong with a value, as the end of a sentence that begins with the parameter's name; empty when it fits. */
    public Optional<String> problem(String text) {
        return switch (type) {
            case STRING -> pattern("", text);
            case BOOLEAN -> is(text.equals("true") || text.equals("false"), text);
            case ENUM, SECRET -> choice("", text);
            case LIST -> list(text);
            case INTEGER, NUMBER, DATE, DURATION -> ordered(text);
        };
    }

    private Optional<String> ordered(String text) {
        try {
            return switch (type) {
                case INTEGER ->
                    between(text, ParameterText::wholeNumber, "is less than the minimum", "is more than the maximum");
                case NUMBER -> between(text, BigDecimal::new, "is less than the minimum", "is more than the maximum");
                case DATE -> between(text, LocalDate::parse, "is before the minimum", "is after the maximum");
                case DURATION ->
                    between(text, DurationText::read, "is shorter than the minimum", "is longer than the maximum");
                case STRING, BOOLEAN, ENUM, LIST, SECRET -> throw new IllegalStateException(type + " has no order");
            };
        } catch (DateTimeException | ArithmeticException | NumberFormatException notOne) {
            return is(false, text);
        }
    }

    private interface Reader<T> {
        T read(String text);
    }

    private static BigDecimal wholeNumber(String text) {
        return new BigDecimal(new BigInteger(text));
    }

    private <T extends Comparable<? super T>> Optional<String> between(
            String text, Reader<T> reader, String below, String above) {
        T value = reader.read(text);
        return bounds.minimum()
                .filter(minimum -> value.compareTo(reader.read(minimum)) < 0)
                .map(minimum -> text + " " + below + " " + minimum)
                .or(() -> bounds.maximum()
                        .filter(maximum -> value.compareTo(reader.read(maximum)) > 0)
                        .map(maximum -> text + " " + above + " " + maximum));
    }

    private Optional<String> list(String text) {
        List<String> items = items(text);
        return count(items.size())
                .or(() -> items.stream()
                        .flatMap(item -> Stream.concat(choice("item ", item).stream(), pattern("item ", item).stream()))
                        .findFirst());
    }

    private Optional<String> count(int count) {
        String words = "has " + count + (count == 1 ? " item" : " items");
        return bounds.minimum()
                .filter(minimum -> count < Integer.parseInt(minimum))
                .map(minimum -> words + ", fewer than the minimum " + minimum)
                .or(() -> bounds.maximum()
                        .filter(maximum -> count > Integer.parseInt(maximum))
                        .map(maximum -> words + ", more than the maximum " + maximum));
    }

    private Optional<String> choice(String noun, String text) {
        if (bounds.choices().isEmpty() || bounds.choices().contains(text)) {
            return Optional.empty();
        }
        String meant = NearestName.of(text, bounds.choices())
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        String choices = bounds.choices().stream().collect(Collectors.joining(", "));
        return Optional.of(noun + quoted(text) + " is none of " + choices + meant);
    }

    private Optional<String> pattern(String noun, String text) {
        return bounds.pattern().flatMap(pattern -> switch (BoundedPattern.matches(pattern, text)) {
            case YES -> Optional.empty();
            case NO -> Optional.of(noun + quoted(text) + " does not match the pattern " + pattern);
            case TOO_LONG -> Optional.of(noun + quoted(text) + " takes too long to match the pattern " + pattern);
        });
    }

    private Optional<String> is(boolean right, String text) {
        return right ? Optional.empty() : Optional.of(quoted(text) + " is not " + type.noun());
    }

    private static String quoted(String text) {
        return "'" + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text) + "'";
    }
}
